package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written about the commands is what they do. */
class DocumentationTest {
    private static final Path CLI = Path.of("docs", "CLI.md");
    private static final Path JSON = Path.of("docs", "JSON.md");
    private static final Pattern MEMBER = Pattern.compile("^\\| `([a-z_]+)` \\|.*");

    @TempDir Path home;
    private CommandFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home);
    }

    static Stream<String> commands() {
        return Main.COMMANDS.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsDescribedWithAnExample(String command) throws Exception {
        String section = section(CLI, "### simmer " + command);
        assertThat(section).contains("```\n", "simmer " + command);
        fixture.simmer("help", command);
        assertThat(fixture.out()).startsWith("Usage: simmer").contains("\nExamples:\n  ");
        assertThat(fixture.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionOfACommandIsDescribed(String command) throws Exception {
        String section = section(CLI, "### simmer " + command);
        Verbs.named(command)
                .ifPresent(verb -> {
                    for (Option option : verb.usage().options()) {
                        if (!List.of("--help", "--json", "--file").contains(option.name())) {
                            assertThat(section).contains("`" + option.name().split(" ", 2)[0]);
                        }
                    }
                });
    }

    @Test
    void helpListsEveryCommandAndNoLineIsTooLong() {
        fixture.simmer("--help");
        for (String command : Main.COMMANDS) {
            assertThat(fixture.out()).contains("\n  " + command + " ");
        }
        for (String command : Main.COMMANDS) {
            fixture.simmer("help", command);
            assertThat(fixture.out().lines()).allMatch(line -> line.length() <= 100);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "## simmer list --json,list --json",
        "## simmer history --json,history --json",
        "## simmer stats --json,stats --json",
        "## simmer run --json,run --json -- true",
        "## simmer wait --json,wait --json 2",
        "'## simmer kill --json, and others that act on tasks',kill --json 1",
        "## simmer supervisor status --json,supervisor status --json",
    })
    void membersAreTheWrittenOnes(String heading, String line) throws Exception {
        show();
        assertThat(fixture.simmer(line.split(" ", -1))).as(fixture.err()).isZero();
        assertThat(members(fixture.json())).isEqualTo(documented(heading));
    }

    @Test
    void membersOfShowAreThoseOfListAndItsOwn() throws Exception {
        show();
        fixture.simmer("show", "--env", "--json", "1");
        Set<String> both = documented("## simmer list --json");
        both.addAll(documented("## simmer show --json"));
        assertThat(members(fixture.json())).isEqualTo(both);
        String section = section(JSON, "## simmer show --json");
        for (String list : List.of("attempts", "needs")) {
            for (String member : members(fixture.json().get(0).get(list))) {
                assertThat(section).contains("`" + member + "`");
            }
        }
    }

    @Test
    void membersOfAgentsAreThoseOfTasksAndTheirOwn() throws Exception {
        Path folder = fixture.folder;
        fixture.supervisor.show(Agents.completed(1, "audit", folder, folder.resolve("r.md")));
        fixture.simmer("list", "--json");
        Set<String> own = documented("## Agents in list and show");
        Set<String> both = documented("## simmer list --json");
        both.addAll(own);
        assertThat(members(fixture.json())).isEqualTo(both);
        fixture.simmer("show", "--json", "1");
        both.addAll(documented("## simmer show --json"));
        both.addAll(Set.of("diff", "notes", "session_file", "command_line"));
        both.remove("env");
        assertThat(members(fixture.json())).isEqualTo(both);
        String section =
                section(JSON, "## simmer show --json")
                        + section(JSON, "## Agents in list and show");
        for (String member : members(fixture.json().get(0).get("attempts"))) {
            assertThat(section).contains("`" + member + "`");
        }
    }

    @Test
    void membersOfDefinitionsAndReportsAreTheWrittenOnes() throws Exception {
        fixture.environment.put("HOME", home.resolve("me").toString());
        Agents.program(fixture, "claude");
        Agents.define(fixture, "one.md", "---\nname: one\n---\nx\n");
        Agents.report(fixture, "r.md", "bg-1", "### A\n**Severity**: High\n");

        fixture.simmer("agent", "list", "--json");
        assertThat(members(fixture.json())).isEqualTo(documented("## simmer agent list --json"));
        String section = section(JSON, "## simmer agent list --json");
        Set<String> row = members(fixture.json().get("agents"));
        for (String member : row) {
            assertThat(section).contains("`" + member + "`");
        }
        fixture.simmer("agent", "show", "one", "--json");
        row.addAll(documented("## simmer agent show --json"));
        row.remove("refused");
        assertThat(members(fixture.json())).isEqualTo(row);
        fixture.simmer("agent", "run", "one", "--task", "x", "--json");
        assertThat(members(fixture.json())).isEqualTo(documented("## simmer agent run --json"));
        fixture.simmer("report", "--json", "r.md");
        Set<String> report = documented("## simmer report --json");
        assertThat(members(fixture.json())).isEqualTo(report);
        fixture.simmer("reports", "--json");
        assertThat(members(fixture.json())).isEqualTo(documented("## simmer reports --json"));
        report.remove("body");
        assertThat(members(fixture.json().get("reports"))).isEqualTo(report);
    }

    @Test
    void membersOfAnExplanationAreTheWrittenOnes() throws Exception {
        show();
        TaskView task = fixture.supervisor.snapshot.tasks().getFirst();
        fixture.supervisor.answer = _ -> Explained.because(task);
        fixture.simmer("explain", "--json", "1");
        assertThat(members(fixture.json())).isEqualTo(documented("## simmer explain --json"));
        String section = section(JSON, "## simmer explain --json");
        for (String member : members(fixture.json().get(0).get("blockers"))) {
            assertThat(section).contains("`" + member + "`");
        }
    }

    @Test
    void membersOfLogLinesAreTheWrittenOnes() throws Exception {
        show();
        Path log = fixture.supervisor.snapshot.tasks().get(1).attempts().getFirst().log();
        Files.createDirectories(log.resolveSibling("."));
        Files.writeString(log, "x\n");
        fixture.simmer("logs", "--json", "2");
        assertThat(members(fixture.json())).isEqualTo(documented("## simmer logs --json"));
    }

    private void show() {
        Path folder = fixture.folder;
        TaskView needy =
                Views.task(
                        1,
                        "build",
                        folder,
                        dev.simmer.model.Phase.RUNNING,
                        java.util.Optional.empty(),
                        spec -> spec.need("lint", dev.simmer.model.Need.Condition.SUCCEEDED));
        fixture.supervisor.show(needy, Views.ended(2, "lint", folder, new Outcome.Succeeded()));
    }

    private static Set<String> members(JsonNode json) {
        TreeSet<String> names = new TreeSet<>();
        (json.isArray() ? json.get(0) : json).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> documented(String heading) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (String line : section(JSON, heading).lines().toList()) {
            Matcher member = MEMBER.matcher(line);
            if (member.matches()) {
                names.add(member.group(1));
            }
        }
        return names;
    }

    private static String section(Path page, String heading) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean within = false;
        String level = heading.substring(0, heading.indexOf(' ') + 1);
        for (String line : Files.readAllLines(page)) {
            if (line.equals(heading)) {
                within = true;
            } else if (line.startsWith(level) || line.startsWith("## ")) {
                within = false;
            }
            if (within) {
                lines.add(line);
            }
        }
        assertThat(lines).as(heading + " in " + page).isNotEmpty();
        return String.join("\n", lines);
    }
}
