package dev.simmer.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may import which: the arrows of docs/ARCHITECTURE.md, and no others. */
class HouseTest {
    private static final String ROOT = "dev.simmer.";

    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.simmer");

    /** For each room the rooms that it may import, itself always among them. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        arrows.put("model", Set.of());
        arrows.put("logs", Set.of());
        arrows.put("json", Set.of("model"));
        arrows.put("scheduler", Set.of("model"));
        arrows.put("config", Set.of("model"));
        arrows.put("agent.definition", Set.of("model"));
        arrows.put("engine.ports", Set.of("model"));
        arrows.put("engine", Set.of("engine.ports", "scheduler", "model"));
        arrows.put("cgroup", Set.of());
        arrows.put("process", Set.of("cgroup", "engine.ports", "model"));
        arrows.put("host", Set.of("cgroup", "engine.ports", "model"));
        arrows.put("store", Set.of("engine.ports", "json", "model"));
        arrows.put("supervisor", Set.of("json", "logs", "model"));
        arrows.put("agent.report", Set.of("model", "json"));
        arrows.put("headless", Set.of("model", "logs", "json", "config"));
        arrows.put("agent.stream", Set.of("json", "model"));
        arrows.put("agent.runner", Set.of("agent.definition", "agent.stream", "json", "model"));
        arrows.put(
                "agent",
                Set.of(
                        "agent.definition",
                        "agent.stream",
                        "agent.runner",
                        "agent.report",
                        "engine.ports",
                        "json",
                        "logs",
                        "model"));
        arrows.put("tui.theme", Set.of("model", "logs"));
        arrows.put("tui.model", Set.of("model", "logs"));
        arrows.put("tui.settings", Set.of("tui.model", "config", "json", "model", "logs"));
        arrows.put("tui.view", Set.of("tui.model", "tui.theme", "model", "logs"));
        arrows.put(
                "tui.term",
                Set.of("tui.view", "tui.model", "tui.theme", "tui.settings", "model", "logs"));
        return arrows;
    }

    @TestFactory
    Stream<DynamicTest> everyRoomImportsOnlyWhatItMay() {
        return ARROWS.entrySet().stream()
                .map(room ->
                        DynamicTest.dynamicTest(
                                room.getKey(), () -> check(room.getKey(), room.getValue())));
    }

    private static void check(String room, Set<String> mayImport) {
        String[] allowed =
                Stream.concat(Stream.of(room), mayImport.stream())
                        .map(name -> ROOT + name)
                        .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage(allowed)
                                .or(JavaClass.Predicates.resideOutsideOfPackage("dev.simmer..")))
                .check(ALL);
    }

    @Test
    void everyPackageIsARoom() {
        Set<String> rooms = new TreeSet<>();
        for (JavaClass each : ALL) {
            rooms.add(each.getPackageName());
        }
        Set<String> known = new TreeSet<>(Set.of(ROOT + "cli"));
        ARROWS.keySet().forEach(room -> known.add(ROOT + room));
        assertThat(known).containsAll(rooms);
        assertThat(ALL.size()).as("a rule over nothing holds nothing").isGreaterThan(40);
    }

    @Test
    void libraryIsKnownToItsRoomAlone() {
        only("com.googlecode.lanterna..", "tui.term");
        only("oshi..", "host");
        only("picocli..", "cli");
        only("java.sql..", "store");
        only("org.sqlite..", "store");
        only("com.fasterxml.jackson.core..", "json", "config", "tui.theme", "agent.definition");
        only("com.fasterxml.jackson.dataformat.yaml..", "config", "tui.theme", "agent.definition");
        // A session file is changed byte by byte, at places that only the parser's marks tell.
        only("org.yaml..", "config", "tui.theme", "agent.definition", "agent.report");
    }

    private static void only(String library, String... rooms) {
        String[] packages = Arrays.stream(rooms).map(room -> ROOT + room).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(ALL);
    }

    @Test
    void pureCoreKnowsNoClockThreadFileOrRandomSource() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "scheduler")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(ALL);
    }
}
