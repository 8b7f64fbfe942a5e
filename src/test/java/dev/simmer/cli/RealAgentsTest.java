package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.agent.runner.ModelStub;
import dev.simmer.agent.runner.RealPrograms;
import dev.simmer.agent.runner.Runners;
import dev.simmer.agent.stream.Program;
import dev.simmer.cli.RealHome.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Agents run by the real programs, where they are installed, against a model on loopback, by the
 * commands that a user types. Started by src/test/agents/real-programs.sh.
 */
@EnabledIfSystemProperty(named = "simmer.real-programs", matches = "true")
@Timeout(300)
class RealAgentsTest {
    /** As people's own files are: a map of tools, no model, an odd colour, a break written out. */
    private static final String DEFINITION =
            """
            ---
            name: auditor
            description: Looks at one thing: the code\\nUse it for audits.
            model: inherit
            color: purple
            is_background: true
            tools:
              Read: true
              Grep: true
              Bash: true
            ---
            # Auditor

            Look closely.

            ---

            And say what you saw.
            """;

    private static final String SESSION =
            """
            ---
            background_agents: # of today
              - id: bg-1
                status: pending
                result_location: null
            ---
            """;

    @TempDir Path folder;
    private RealHome simmer;

    @BeforeEach
    void open() throws IOException {
        simmer = new RealHome(folder);
        Files.createDirectories(simmer.workspace.resolve(".opencode/agent"));
        Files.createDirectories(simmer.workspace.resolve(".agents/sessions"));
    }

    @AfterEach
    void close() throws InterruptedException {
        simmer.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE", "CODEX", "GEMINI", "OPENCODE"})
    void agentRunsToItsReportWithTheToolsThatWereAsked(Program program) throws Exception {
        assumeTrue(
                Runners.onPath(System.getenv()).find(program).isPresent(),
                program.word() + " is not installed");
        Files.writeString(simmer.workspace.resolve(".opencode/agent/auditor.md"), DEFINITION);
        Path session = simmer.workspace.resolve(".agents/sessions/s.md");
        Files.writeString(session, SESSION);
        try (ModelStub stub = new ModelStub(0)) {
            Map<String, String> environment =
                    RealPrograms.surroundings(folder.resolve("own"), program, stub);
            Ran run =
                    simmer.in(
                            environment,
                            "agent",
                            "run",
                            "auditor",
                            "--runner",
                            program.word(),
                            "--task",
                            "Audit it. " + ModelStub.USE_TOOL,
                            "--session",
                            ".agents/sessions/s.md",
                            "--id",
                            "bg-1");
            assertThat(run.code()).as(run.err()).isZero();
            Ran wait = simmer.simmer("wait", "auditor");
            JsonNode task = simmer.task("auditor");
            assertThat(wait.code()).as("%s %s", task, simmer.simmer("logs", "1")).isZero();
            assertThat(task.get("verdict").asText()).isEqualTo("completed");
            assertThat(task.get("runner").asText()).isEqualTo(program.word());
            assertThat(task.get("tokens_in").asLong()).isGreaterThanOrEqualTo(240);
            assertThat(task.get("tokens_out").asLong()).isPositive();
            assertThat(task.get("turns").asInt()).isEqualTo(2);
            assertThat(simmer.simmer("report", "auditor").out())
                    .contains(ModelStub.ANSWER, "bg-1", "unprocessed");
            String report =
                    simmer.workspace.relativize(Path.of(task.get("report").asText())).toString();
            assertThat(Files.readString(session))
                    .isEqualTo(
                            SESSION.replace("status: pending", "status: completed")
                                    .replace(
                                            "result_location: null", "result_location: " + report));
            assertThat(stub.offered()).isNotEmpty();
            stub.offered()
                    .forEach(tools ->
                            assertThat(tools)
                                    .doesNotContain("Write", "Edit", "write_file", "edit", "Task"));
        }
    }
}
