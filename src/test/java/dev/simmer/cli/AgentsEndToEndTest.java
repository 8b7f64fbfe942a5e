package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.cli.RealHome.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents as a user runs them: real commands, a real supervisor, programs that are scripts. */
@Timeout(180)
class AgentsEndToEndTest {
    private static final String SESSION =
            """
            ---
            # one session
            background_agents:
              - id: "bg-1"   # mine
                agent: writer
                status: pending
                result_location: null
            ---
            Notes.
            """;

    @TempDir Path folder;
    private RealHome simmer;

    @BeforeEach
    void open() throws IOException {
        simmer = new RealHome(folder);
        Files.createDirectories(simmer.workspace.resolve(".agents/agents"));
        Files.createDirectories(simmer.workspace.resolve(".agents/sessions"));
    }

    @AfterEach
    void close() throws InterruptedException {
        simmer.close();
    }

    /** A definition whose program is a script; the prompt's file is the script's argument. */
    private void agent(String name, String script) throws IOException {
        Path program = simmer.workspace.resolve(".agents/" + name + ".sh");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                simmer.workspace.resolve(".agents/agents/" + name + ".md"),
                "---\nname: "
                        + name
                        + "\ndescription: for tests\ncommand: ../"
                        + name
                        + ".sh\n---\nDo it.\n");
    }

    private List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.list(simmer.workspace.resolve(".agents/reports"))) {
            return files.sorted().toList();
        }
    }

    private Path session() throws IOException {
        Path file = simmer.workspace.resolve(".agents/sessions/s.md");
        Files.writeString(file, SESSION);
        return file;
    }

    @Test
    void promptAsItIsGoesInAndReportSessionAndFiguresComeOut() throws Exception {
        agent("writer", "grep -c . \"$1\"; echo 'All is well.'");
        Path session = session();
        Path prompt = simmer.workspace.resolve("prompt.txt");
        Files.writeString(
                prompt,
                """
                Look at the shop.

                Files:
                - src/a.py

                Write report to: .agents/reports/own.md

                Session: .agents/sessions/s.md
                Background Agent ID: bg-1
                """);
        assertThat(simmer.simmer("agent", "run", "writer", "--prompt", "prompt.txt").line())
                .isEqualTo("1");
        assertThat(simmer.simmer("wait", "1").code()).isZero();
        assertThat(simmer.simmer("logs", "1").out()).contains("All is well.");
        JsonNode task = simmer.task("writer");
        assertThat(task.get("kind").asText()).isEqualTo("agent");
        assertThat(task.get("runner").asText()).isEqualTo("command");
        assertThat(task.get("verdict").asText()).isEqualTo("completed");
        Path report = Path.of(task.get("report").asText());
        assertThat(report).isEqualTo(simmer.workspace.resolve(".agents/reports/own.md"));
        assertThat(simmer.simmer("report", "1").out()).contains("All is well.", "bg-1");
        assertThat(Files.readString(session))
                .isEqualTo(
                        SESSION.replace("status: pending", "status: completed")
                                .replace(
                                        "result_location: null",
                                        "result_location: .agents/reports/own.md"));
        assertThat(simmer.json("reports", "--json").findValuesAsText("status"))
                .containsExactly("unprocessed");
        assertThat(simmer.simmer("reports", "--process").code()).isZero();
        assertThat(Files.readString(report)).contains("status: processed");
    }

    @Test
    void agentOutlivesItsSupervisorAndIsSettledOnceByTheNext() throws Exception {
        agent(
                "writer",
                "echo begun; touch begun; while [ ! -e go ]; do sleep 0.05; done; echo over");
        Path session = session();
        simmer.simmer(
                "agent",
                "run",
                "writer",
                "--task",
                "Wait.",
                "--id",
                "bg-1",
                "--session",
                ".agents/sessions/s.md");
        simmer.awaitFile("begun");
        RealHome.await(
                "the entry to run",
                () -> {
                    try {
                        return Files.readString(session).contains("status: running");
                    } catch (IOException e) {
                        return false;
                    }
                });
        simmer.killSupervisor();
        simmer.touch("go");
        assertThat(simmer.simmer("wait", "writer").code()).isZero();
        assertThat(Files.readString(session)).contains("status: completed");
        assertThat(reports()).hasSize(1);
        assertThat(simmer.simmer("logs", "writer").out()).startsWith("begun\nover\n");
    }

    @Test
    void namesOfOneSecondDiffer() throws Exception {
        agent("writer", "echo done");
        List<Process> started = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            started.add(simmer.begin("agent", "run", "writer", "--task", "Write " + i + "."));
        }
        for (Process each : started) {
            assertThat(each.waitFor()).isZero();
        }
        List<String> wait = new ArrayList<>(List.of("wait"));
        for (JsonNode each : simmer.json("list", "--json")) {
            wait.add(each.get("id").asText());
        }
        assertThat(wait).hasSize(7);
        assertThat(simmer.simmer(wait.toArray(String[]::new)).code()).isZero();
        assertThat(reports()).hasSize(6);
        assertThat(reports())
                .allSatisfy(each ->
                        assertThat(each.getFileName().toString())
                                .matches("[0-9]{8}-[0-9]{6}-writer(-[2-6])?\\.md"));
    }

    @Test
    void headlessRunFailsWithTheAgentThatFails() throws Exception {
        agent("good", "echo fine");
        agent("bad", "echo broken >&2; exit 3");
        Files.writeString(
                simmer.workspace.resolve("simmer.yaml"),
                """
                version: 1
                tasks:
                  ship: {run: "touch shipped", needs: [check]}
                  note: {run: "touch noted", needs: [look]}
                agents:
                  look: {agent: good, task: Look.}
                  check: {agent: bad, task: Check.}
                """);
        Ran ran = simmer.simmer("--headless");
        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(simmer.workspace.resolve("noted")).exists();
        assertThat(simmer.workspace.resolve("shipped")).doesNotExist();
        assertThat(reports()).hasSize(2);
        assertThat(reports().getFirst().toString()).endsWith("-check-partial.md");
        assertThat(reports().getLast().toString()).endsWith("-look.md");
    }

    @Test
    void whatCannotRunIsRefusedBeforeAnythingBegins() throws Exception {
        agent("writer", "echo done");
        Ran unknown = simmer.simmer("agent", "run", "writter", "--task", "x");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("writer");
        Ran outside =
                simmer.simmer("agent", "run", "writer", "--task", "x", "--report", "../out.md");
        assertThat(outside.code()).isEqualTo(2);
        assertThat(outside.err()).contains("..");
        assertThat(simmer.simmer("list").line()).isEqualTo("no tasks");
        assertThat(simmer.workspace.resolve(".agents/reports")).doesNotExist();
    }
}
