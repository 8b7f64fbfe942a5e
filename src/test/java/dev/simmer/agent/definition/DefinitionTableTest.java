package dev.simmer.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.definition.Definition.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A file for each oddity that real ones have, and what it must mean, in {@code expected.txt}.
 *
 * <p>{@code -Dsimmer.golden.update=true} writes that file anew; the difference is to be read.
 */
class DefinitionTableTest {
    static final Path FOLDER = Path.of("src/test/resources/definitions");
    private static final Path EXPECTED = FOLDER.resolve("expected.txt");
    private static final String HEADER = "== ";

    /** All files of the table, in the order of their names. */
    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(EXPECTED))
                    .sorted()
                    .toList();
        }
    }

    private static String form(Path file) {
        return NormalForm.of(DefinitionFile.read(file, Place.PROJECT));
    }

    private static Map<String, String> expected() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : ("\n" + Files.readString(EXPECTED)).split("\n" + HEADER, -1)) {
            if (!section.isBlank()) {
                int end = section.indexOf('\n');
                sections.put(section.substring(0, end), section.substring(end + 1).strip());
            }
        }
        return sections;
    }

    @TestFactory
    Stream<DynamicTest> fileMeansWhatItsAuthorMeant() throws IOException {
        if (Boolean.getBoolean("simmer.golden.update")) {
            write();
        }
        Map<String, String> expected = expected();
        return files().stream()
                .map(file -> {
                    String name = FOLDER.relativize(file).toString();
                    return DynamicTest.dynamicTest(
                            name, () -> assertThat(form(file)).isEqualTo(expected.get(name)));
                });
    }

    @Test
    void tableIsWhole() throws IOException {
        List<String> names = files().stream().map(f -> FOLDER.relativize(f).toString()).toList();
        assertThat(expected().keySet()).containsExactlyElementsOf(names);
        assertThat(names).hasSizeGreaterThan(80);
    }

    private static void write() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files()) {
            text.append(HEADER).append(FOLDER.relativize(file)).append('\n');
            text.append(form(file)).append("\n\n");
        }
        Files.writeString(EXPECTED, text);
    }
}
