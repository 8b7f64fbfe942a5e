package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.report.ReportName;
import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Signal;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.process.ShimProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents of which an engine has known before, or has meant to start. */
class AgentAdoptionTest {
    private static final String ID = "bg-7-audit";
    private static final AttemptId ATTEMPT = new AttemptId(new TaskId(7), 1);
    private static final String INIT =
            "say '{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"m\"}'\n";
    private static final String TURN =
            "say '{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":"
                    + "[{\"type\":\"text\",\"text\":\"I look.\"}]}}'\n";
    private static final String RESULT =
            "say '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,"
                    + "\"result\":\"All is well.\"}'\n";
    private static final String SAY = "say() { printf '%s\\n' \"$1\"; }\n";
    private static final String REPORT =
            """
            mkdir -p .agents/reports
            printf -- '---\\nreport:\\n  background_agent_id: bg-7-audit\\n---\\nDone.\\n' \\
                >.agents/reports/bg-7-audit.md
            """;

    @TempDir Path folder;

    private Path workspace = Path.of("");
    private final Heard heard = new Heard();

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        Path session = workspace.resolve(House.SESSION);
        Files.createDirectories(session.getParent());
        Files.writeString(session, "---\nsession: auth\n---\n");
    }

    private Launch launch(String script) {
        AgentSpec.Planned planned = House.planned(ID, SAY + script);
        TaskSpec spec =
                TaskSpec.named(
                                "audit",
                                new WorkspaceId(workspace),
                                new Command.Exec(
                                        List.of(
                                                "/bin/sh",
                                                House.AT + "/program.sh",
                                                folder.resolve("go").toString())))
                        .kind(Kind.AGENT)
                        .agent(planned)
                        .build();
        return new Launch(ATTEMPT, spec, folder.resolve("home/runs/7/1"));
    }

    private AgentProcesses processes(Function<Processes.Listener, Processes> inner) {
        return new AgentProcesses(
                inner, heard, folder.resolve("home/worktrees"), AgentTiming.USUAL);
    }

    private AgentProcesses processes() {
        return processes(ShimProcesses::new);
    }

    private List<String> reports() throws IOException {
        try (Stream<Path> files = Files.list(workspace.resolve(ReportName.FOLDER))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String session() throws IOException {
        return Files.readString(workspace.resolve(House.SESSION));
    }

    /** Waits until more is known of it. */
    private void awaitTurns(int turns) throws InterruptedException {
        while (Heard.take(heard.progress).turns() < turns) {
            // The next one may tell more.
        }
    }

    @Test
    void silenceIsCountedFromTheLastWordBeforeTheEngineCame() throws Exception {
        String call =
                "say '{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":[{\"type\":"
                        + "\"tool_use\",\"id\":\"t\",\"name\":\"Bash\",\"input\":"
                        + "{\"command\":\"make\"}}]}}'\n";
        String waits = "until [ -e \"$1\" ]; do sleep 0.02; done\n";
        Launch launch = launch(INIT + call + waits + RESULT);
        try (AgentProcesses first = processes()) {
            first.spawn(launch);
            assertThat(heard.next()).isEqualTo("started");
            awaitTurns(1);
        }
        Instant said = Instant.now().minus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.SECONDS);
        Files.setLastModifiedTime(launch.log(), FileTime.from(said));
        heard.progress.clear();
        try (AgentProcesses second = processes()) {
            second.adopt(launch, true);
            assertThat(heard.next()).isEqualTo("adopted");
            AgentRun run = Heard.take(heard.progress);
            assertThat(run.state()).isEqualTo(AgentRun.State.SILENT);
            assertThat(run.doing()).isEqualTo("Bash make");
            assertThat(run.since()).isBetween(said.minusSeconds(5), said.plusSeconds(5));
            Files.createFile(folder.resolve("go"));
            assertThat(heard.next()).isEqualTo("exited");
        }
    }

    @Test
    void agentThatStandsStillIsNotSilentForALaterEngineEither() throws Exception {
        String waits = "until [ -e \"$1\" ]; do sleep 0.02; done\n";
        Launch launch = launch(INIT + TURN + waits + RESULT);
        try (AgentProcesses first = processes()) {
            first.spawn(launch);
            assertThat(heard.next()).isEqualTo("started");
            awaitTurns(1);
            first.signal(ATTEMPT, Signal.STOP);
            assertThat(heard.next()).isEqualTo("signalled STOP");
        }
        Instant said = Instant.now().minus(Duration.ofMinutes(15));
        Files.setLastModifiedTime(launch.log(), FileTime.from(said));
        heard.progress.clear();
        try (AgentProcesses second = processes()) {
            second.adopt(launch, true);
            assertThat(heard.next()).isEqualTo("adopted");
            assertThat(Heard.take(heard.progress).state()).isEqualTo(AgentRun.State.WORKING);
            Files.createFile(folder.resolve("go"));
            second.signal(ATTEMPT, Signal.CONT);
            assertThat(heard.next()).isEqualTo("signalled CONT");
            assertThat(heard.next()).isEqualTo("exited");
        }
    }

    @Test
    void goesOnWhereTheEngineBeforeItWas() throws Exception {
        String script = INIT + TURN + "until [ -e \"$1\" ]; do sleep 0.02; done\n" + RESULT;
        Launch launch = launch(script);
        try (AgentProcesses first = processes()) {
            first.spawn(launch);
            assertThat(heard.next()).isEqualTo("started");
            awaitTurns(1);
        }
        heard.progress.clear();
        try (AgentProcesses second = processes()) {
            second.adopt(launch, true);
            assertThat(heard.next()).isEqualTo("adopted");
            awaitTurns(1);
            Files.createFile(folder.resolve("go"));
            assertThat(heard.next()).isEqualTo("exited");
            second.release(ATTEMPT, false);
        }
        AgentEnding ending = Heard.take(heard.endings);
        assertThat(ending.verdict()).isEqualTo(AgentVerdict.COMPLETED);
        assertThat(ending.run().turns()).isEqualTo(1);
        assertThat(Files.readString(launch.transcript()).replaceAll("\u001b\\[\\d*m", ""))
                .isEqualTo(
                        """
                        started, m
                        I look.
                        ended in order
                        completed: ended in order; the report is made from its final words
                        """);
        assertThat(reports()).containsExactly(ID + ".md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                INIT + RESULT,
                INIT + REPORT + RESULT,
                INIT + "exit 3\n",
                INIT + REPORT + "exit 3\n",
                "echo broken >&2; exit 1\n"
            })
    void whatIsSettledTwiceComesToTheSame(String script) throws Exception {
        Launch launch = launch(script);
        try (AgentProcesses first = processes()) {
            first.spawn(launch);
            assertThat(heard.next()).isEqualTo("started");
            assertThat(heard.next()).isEqualTo("exited");
        }
        AgentEnding once = Heard.take(heard.endings);
        List<String> reports = reports();
        String report = Files.readString(once.run().report().orElseThrow());
        String session = session();
        String transcript = Files.readString(launch.transcript());
        assertThat(reports).hasSize(1);

        Files.delete(launch.folder().resolve("agent-settled.json"));
        try (AgentProcesses second = processes()) {
            second.adopt(launch, true);
            assertThat(heard.next()).isEqualTo("exited");
        }
        AgentEnding twice = Heard.take(heard.endings);
        assertThat(twice.verdict()).isEqualTo(once.verdict());
        assertThat(twice.why()).isEqualTo(once.why());
        assertThat(twice.run().report()).isEqualTo(once.run().report());
        assertThat(reports()).isEqualTo(reports);
        assertThat(Files.readString(once.run().report().orElseThrow())).isEqualTo(report);
        assertThat(session()).isEqualTo(session);
        assertThat(Files.readString(launch.transcript())).isEqualTo(transcript);
    }

    @Test
    void whatHasBeenSettledIsOnlyToldAgain() throws Exception {
        Launch launch = launch(INIT + REPORT + RESULT);
        try (AgentProcesses first = processes()) {
            first.spawn(launch);
            assertThat(heard.next()).isEqualTo("started");
            assertThat(heard.next()).isEqualTo("exited");
        }
        AgentEnding once = Heard.take(heard.endings);
        Files.delete(once.run().report().orElseThrow());
        try (AgentProcesses second = processes()) {
            second.adopt(launch, true);
            assertThat(heard.next()).isEqualTo("exited");
        }
        assertThat(Heard.take(heard.endings)).isEqualTo(once);
        assertThat(reports()).isEmpty();
    }

    @Test
    void whatWasPreparedAndNeverBegunCountsAsFailedUntilItIsStarted() throws Exception {
        Launch launch = launch(INIT + RESULT);
        Spy spy = new Spy();
        try (AgentProcesses first = processes(spy)) {
            first.spawn(launch);
            Launch spawned = Heard.take(spy.made().spawned);
            assertThat(((Command.Exec) spawned.spec().command()).argv().get(1))
                    .isEqualTo(launch.folder().resolve("agent/program.sh").toString());
            assertThat(session()).contains("status: running");
        }
        try (AgentProcesses second = processes()) {
            second.adopt(launch, true);
            assertThat(heard.next()).isEqualTo("neverBegan");
            assertThat(session()).contains("status: failed");
            assertThat(reports()).containsExactly(ID + "-partial.md");
            second.spawn(launch);
            assertThat(heard.next()).isEqualTo("started");
            assertThat(heard.next()).isEqualTo("exited");
        }
        assertThat(session()).contains("status: completed");
        assertThat(reports()).containsExactly(ID + ".md");
    }

    @Test
    void agentThatIsStoppedWhileItIsPreparedIsNotStarted() throws Exception {
        Launch launch = launch(INIT + RESULT);
        Spy spy = new Spy();
        try (AgentProcesses processes = processes(spy)) {
            processes.spawn(launch);
            processes.stopping(ATTEMPT, new StopCause.User());
            processes.signal(ATTEMPT, Signal.TERM);
            List<String> told = new ArrayList<>(List.of(heard.next(), heard.next()));
            assertThat(told)
                    .containsExactly(
                            "startFailed: stopped on request; its program had not been started",
                            "signalled TERM");
            assertThat(spy.made().spawned).isEmpty();
        }
        AgentRun first = Heard.take(heard.progress);
        assertThat(first.state()).isEqualTo(AgentRun.State.STARTING);
        assertThat(session()).contains("status: failed");
        assertThat(reports()).containsExactly(ID + "-partial.md");
    }

    @Test
    void folderThatIsDiscardedMeanwhileDoesNoHarm() throws Exception {
        Launch launch = launch(INIT + "until [ -e \"$1\" ]; do sleep 0.02; done\n" + RESULT);
        try (AgentProcesses processes = processes()) {
            processes.spawn(launch);
            assertThat(heard.next()).isEqualTo("started");
            while (Heard.take(heard.progress).state() != AgentRun.State.WORKING) {
                // It has not been heard yet.
            }
            processes.discard(Objects.requireNonNull(launch.folder().getParent()));
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (Files.exists(launch.folder()) && System.nanoTime() < limit) {
                Thread.onSpinWait();
            }
            Files.createFile(folder.resolve("go"));
            assertThat(heard.next()).isEqualTo("exited");
        }
        assertThat(reports()).hasSize(1);
        assertThat(session()).contains("status: ");
        assertThat(launch.folder()).doesNotExist();
    }

    @Test
    void memoOfAnotherFormIsAsGoodAsNone() {
        assertThat(RunMemo.parse("{\"created_ms\": \"yesterday\"}")).isEmpty();
        assertThat(RunMemo.parse(new String(new byte[] {1, 2}, StandardCharsets.UTF_8))).isEmpty();
    }

    /** Makes what starts nothing, and keeps it. */
    private static final class Spy implements Function<Processes.Listener, Processes> {
        private @Nullable NoProcesses made;

        @Override
        public Processes apply(Processes.Listener listener) {
            NoProcesses none = new NoProcesses(listener);
            made = none;
            return none;
        }

        NoProcesses made() {
            return Objects.requireNonNull(made);
        }
    }
}
