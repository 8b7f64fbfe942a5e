package dev.simmer.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.definition.Definition.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that come with Simmer. */
class ShippedAgentsTest {
    static final Path AGENTS = Path.of("agents").toAbsolutePath();

    /** A finding has these, whoever finds it. */
    private static final List<String> FINDING =
            List.of("Severity", "Location", "Description", "Recommendation");

    @TempDir Path empty = Path.of("/");

    private Catalogue shipped() {
        return Catalogue.of(empty, Map.of(), AGENTS);
    }

    private Definition agent(String name) {
        return shipped().find(name).orElseThrow();
    }

    @Test
    void allAreReadWithoutRepairsAndNothingInThemIsUnknown() throws IOException {
        Catalogue read = shipped();

        assertThat(read.broken()).isEmpty();
        assertThat(read.entries())
                .extracting(Definition::name)
                .containsExactly(
                        "background-runner",
                        "background-task-runner",
                        "code-review",
                        "coverage-analysis",
                        "explorer",
                        "security-audit",
                        "todo-links-audit");
        assertThat(read.entries())
                .allSatisfy(each -> {
                    assertThat(each.repairs()).isEmpty();
                    assertThat(each.unknown().keySet())
                            .as("what other programs ask for")
                            .isSubsetOf("is_background");
                    assertThat(each.place()).isEqualTo(Place.SHIPPED);
                    assertThat(each.model()).isEmpty();
                    assertThat(each.description()).isNotBlank();
                    assertThat(each.file()).hasFileName(each.name() + ".md");
                });
        try (Stream<Path> files = Files.list(AGENTS)) {
            assertThat(files.filter(f -> f.toString().endsWith(".md")).count())
                    .as("every paper but the README is an agent")
                    .isEqualTo(read.entries().size() + 1);
        }
    }

    @Test
    void theReadmeNamesThemAll() throws IOException {
        String readme = Files.readString(AGENTS.resolve("README.md"));
        assertThat(shipped().entries())
                .allSatisfy(each -> assertThat(readme).contains("| `" + each.name() + "` |"));
    }

    @Test
    void longJobsEndInFiveParts() {
        String prompt = agent("background-task-runner").systemPrompt();
        assertThat(prompt)
                .contains("hase", "ilestone", "Recover")
                .contains(
                        "**Status**", "**Summary**", "**Details**", "**Issues**", "**Next steps**");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"background-runner", "security-audit", "coverage-analysis", "code-review"})
    void auditsEndInFindings(String name) {
        assertThat(agent(name).systemPrompt())
                .contains(FINDING.stream().map(part -> "**" + part + "**").toList());
    }

    @Test
    void whoOnlyLooksHasNoToolToChangeCode() {
        assertThat(agent("explorer").readOnly()).isTrue();
        assertThat(agent("explorer").tools().orElseThrow())
                .doesNotContain("Write", "Edit", "Bash", "Task");
        assertThat(agent("security-audit").denied()).contains("Edit", "Bash");
        assertThat(agent("code-review").tools().orElseThrow())
                .contains("Bash(git diff:*)")
                .doesNotContain("Edit", "Bash", "Task");
        assertThat(shipped().entries().stream().flatMap(each -> each.tools().stream()))
                .allSatisfy(tools -> assertThat(tools).doesNotContain("Task"));
    }

    @Test
    void oneNeedsNoModel() {
        Definition audit = agent("todo-links-audit");
        Path program = Path.of(audit.command().orElseThrow().getFirst());
        assertThat(program).isEqualTo(AGENTS.resolve("bin/todo-links-audit")).isExecutable();
        assertThat(audit.runner()).contains("command");
    }
}
