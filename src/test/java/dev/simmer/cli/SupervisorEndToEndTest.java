package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.cli.RealHome.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands and a real supervisor: what others get wrong, and Simmer does not. */
@Timeout(180)
class SupervisorEndToEndTest {
    /** Runs until the file `go` is there. */
    private static final String UNTIL_GO =
            "echo begun; touch begun; while [ ! -e go ]; do sleep 0.05; done; echo over";

    @TempDir Path folder;
    private RealHome simmer;

    @BeforeEach
    void open() throws IOException {
        simmer = new RealHome(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        simmer.close();
    }

    @Test
    void looksStartNothingWhereThereIsNothing() throws Exception {
        assertThat(simmer.simmer("--version").line()).startsWith("simmer ");
        assertThat(simmer.simmer("list").line()).isEqualTo("no tasks");
        assertThat(simmer.simmer("wait", "x").code()).isEqualTo(3);
        assertThat(simmer.simmer("supervisor", "status").code()).isEqualTo(4);
        assertThat(simmer.home).doesNotExist();
        assertThat(simmer.left()).isEmpty();
    }

    @Test
    void restartedSupervisorHasWhatRunsAndDoesNotCallItKilled() throws Exception {
        assertThat(simmer.simmer("run", "--name", "t", UNTIL_GO).line()).isEqualTo("1");
        simmer.awaitFile("begun");
        JsonNode before = simmer.runningTask("t");
        long first = simmer.killSupervisor();
        assertThat(RealHome.lives(before.get("pid").asLong())).isTrue();

        JsonNode after = simmer.runningTask("t");
        assertThat(simmer.supervisor()).isPositive().isNotEqualTo(first);
        for (String member : List.of("id", "state", "pid", "attempt", "started_at", "log")) {
            assertThat(after.get(member)).as(member).isEqualTo(before.get(member));
        }
        Process waiting = simmer.begin("wait", "t");
        simmer.touch("go");
        assertThat(waiting.waitFor()).isZero();
        assertThat(simmer.simmer("logs", "t").out()).isEqualTo("begun\nover\n");
        assertThat(simmer.task("t").get("state").asText()).isEqualTo("succeeded");
    }

    @Test
    void waitAndLogsGoOnOverAKilledSupervisor() throws Exception {
        simmer.simmer("run", "--name", "t", UNTIL_GO + "; exit 9");
        simmer.awaitFile("begun");
        Process waiting = simmer.begin("wait", "t");
        Process logs = simmer.begin("logs", "-f", "t");
        // What it prints first tells that it follows.
        assertThat(logs.inputReader().readLine()).isEqualTo("begun");
        simmer.killSupervisor();
        simmer.touch("go");
        assertThat(waiting.waitFor()).isEqualTo(9);
        assertThat(logs.inputReader().readLine()).isEqualTo("over");
        assertThat(logs.waitFor()).isZero();
    }

    @Test
    void stopLeavesTasksAndTheNextOneTakesThemUp() throws Exception {
        simmer.simmer("run", "--name", "t", UNTIL_GO);
        simmer.awaitFile("begun");
        long task = simmer.runningTask("t").get("pid").asLong();
        assertThat(simmer.simmer("supervisor", "stop").line())
                .isEqualTo(
                        "the supervisor has ended; the task that runs goes on, and the next"
                                + " supervisor takes it up");
        assertThat(simmer.supervisor()).isEqualTo(-1);
        assertThat(RealHome.lives(task)).isTrue();
        simmer.simmer("run", "--name", "after", "--after", "t", "echo second");
        simmer.touch("go");
        assertThat(simmer.simmer("wait", "t", "after").code()).isZero();
        assertThat(simmer.simmer("logs", "after").out()).isEqualTo("second\n");
    }

    @Test
    void whatADeadSupervisorLeavesIsNoObstacle() throws Exception {
        simmer.simmer("run", "true");
        simmer.killSupervisor();
        assertThat(simmer.home.resolve("supervisor.sock")).exists();
        // A process id that is somebody else's by now.
        Files.writeString(
                simmer.home.resolve("supervisor.pid"), ProcessHandle.current().pid() + "\n");
        assertThat(simmer.simmer("run", "true").line()).isEqualTo("2");
        simmer.killSupervisor();
        Files.writeString(simmer.home.resolve("supervisor.lock"), "not held by anybody");
        Files.writeString(simmer.home.resolve("supervisor.starting"), "neither");
        Files.writeString(simmer.home.resolve("supervisor.pid"), "garbage");
        assertThat(simmer.simmer("run", "true").line()).isEqualTo("3");
        assertThat(RealHome.lives(ProcessHandle.current().pid())).isTrue();
    }

    @Test
    void damagedDatabaseIsToldAndCostsNoResults() throws Exception {
        simmer.simmer("run", "--name", "one", "echo kept");
        simmer.simmer("run", "--name", "two", "true");
        assertThat(simmer.simmer("wait", "one", "two").code()).isZero();
        simmer.simmer("supervisor", "stop");
        try (Stream<Path> files = Files.list(simmer.home)) {
            for (Path each : files.toList()) {
                if (each.getFileName().toString().startsWith("simmer.db-")) {
                    Files.delete(each);
                }
            }
        }
        Files.writeString(simmer.home.resolve("simmer.db"), "garbage ".repeat(1_000));
        assertThat(simmer.simmer("run", "--name", "three", "true").line()).isEqualTo("3");
        assertThat(simmer.simmer("wait", "three").code()).isZero();
        assertThat(simmer.simmer("list").err())
                .contains("was damaged", "kept as simmer.db.broken-");
        assertThat(Files.readString(simmer.home.resolve("supervisor.log"))).contains("was damaged");
        // The next one knows a task and a last number: it must not take the others for forgotten.
        simmer.simmer("supervisor", "stop");
        assertThat(simmer.simmer("run", "--name", "four", "true").line()).isEqualTo("4");
        assertThat(simmer.simmer("wait", "four").code()).isZero();
        assertThat(simmer.home.resolve("runs/1/1/output.log")).hasContent("kept");
        assertThat(simmer.home.resolve("runs/2")).exists();
        assertThat(simmer.simmer("list").err()).isEmpty();
    }

    @Test
    void everyMistakeOfTheConfigurationIsToldWhereASupervisorWouldStart() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config/simmer"));
        Path file = config.resolve("config.yaml");
        Files.writeString(file, "keep: soon\nidle_exit: x\nlog_limit: many\nkeeep: 1d\n");
        Ran refused = simmer.configured(folder.resolve("config"), "run", "true");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err().lines()).hasSize(4);
        assertThat(refused.err()).contains(file + ":1:", file + ":2:", file + ":3:", file + ":4:");
        assertThat(simmer.left()).isEmpty();
        // One that runs has read it.
        simmer.simmer("run", "true");
        assertThat(simmer.configured(folder.resolve("config"), "run", "true").line())
                .isEqualTo("2");
    }

    @Test
    void waitExitsAsTheTaskDidAndWithOneWhereAnyFailed() throws Exception {
        simmer.simmer("run", "--name", "bad", "exit 3");
        simmer.simmer("run", "--name", "good", "true");
        assertThat(simmer.simmer("wait", "bad").code()).isEqualTo(3);
        assertThat(simmer.simmer("wait", "good").code()).isZero();
        assertThat(simmer.simmer("wait", "good", "bad").code()).isEqualTo(1);
        assertThat(simmer.simmer("wait", "--timeout", "30s", "good").code()).isZero();
        simmer.simmer("run", "--name", "long", UNTIL_GO);
        assertThat(simmer.simmer("wait", "--timeout", "100ms", "long").code()).isEqualTo(124);
        assertThat(simmer.simmer("wait", "--any", "long", "bad").code()).isEqualTo(3);
    }

    @Test
    void supervisorThatIsBusyIsNotCalledDead() throws Exception {
        simmer.simmer("run", "true");
        long pid = simmer.supervisor();
        RealHome.signal(pid, "STOP");
        try {
            Process list = simmer.begin("list", "--json");
            assertThat(list.waitFor(5, TimeUnit.SECONDS)).isFalse();
            RealHome.signal(pid, "CONT");
            assertThat(list.waitFor()).isZero();
        } finally {
            RealHome.signal(pid, "CONT");
        }
        assertThat(simmer.supervisor()).isEqualTo(pid);
    }

    @Test
    void severalStartsAtOnceGiveOneSupervisor() throws Exception {
        List<Process> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(simmer.begin("run", "true"));
        }
        Set<String> ids = new HashSet<>();
        for (Process run : runs) {
            ids.add(String.valueOf(run.inputReader().readLine()));
            assertThat(run.waitFor()).isZero();
        }
        assertThat(ids).containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(
                        simmer.left().stream()
                                .filter(each ->
                                        each.info()
                                                .commandLine()
                                                .orElse("")
                                                .contains("supervisor serve")))
                .hasSize(1);
    }

    @Test
    void foregroundStreamsAndExitsAsTheTaskDid() throws Exception {
        RealHome.Ran ran =
                simmer.simmer("run", "--fg", "--retry", "1", "echo out; echo err >&2; exit 7");
        assertThat(ran.code()).isEqualTo(7);
        assertThat(ran.out()).isEqualTo("out\nerr\nout\nerr\n");
        assertThat(ran.err()).contains("failed: exit code 7");
    }

    @Test
    void taskHasItsCallersFolderAndEnvironment() throws Exception {
        simmer.simmer("supervisor", "start");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder run =
                new ProcessBuilder(
                                RealHome.command(
                                        "run",
                                        "--fg",
                                        "--env",
                                        "MINE=2",
                                        "echo $CALLERS-$MINE; pwd"))
                        .directory(simmer.workspace.toFile())
                        .redirectError(err.toFile());
        run.environment().put("SIMMER_HOME", simmer.home.toString());
        run.environment().put("CALLERS", "1");
        assertThat(RealHome.finish(run.start(), err).out())
                .isEqualTo("1-2\n" + simmer.workspace.toRealPath() + "\n");
        assertThat(simmer.simmer("show", "1", "--json").out())
                .contains("\"env_names\":[\"MINE\"]")
                .doesNotContain("\"CALLERS\"");
    }

    @Test
    void upDownAndSend() throws Exception {
        Files.writeString(
                simmer.workspace.resolve("simmer.yaml"),
                """
                version: 1
                tasks:
                  web: {run: "echo up; sleep 600", kind: service, ready: {log: up}}
                  check: {run: "true", needs: {web: ready}}
                  echo: {run: "read line; echo got $line", input: true}
                """);
        assertThat(simmer.simmer("up").line())
                .contains("web (1) ", "check (2) waits for web to be ready", "echo (3) ");
        assertThat(simmer.simmer("wait", "check").code()).isZero();
        assertThat(simmer.simmer("send", "echo", "hello").code()).isZero();
        assertThat(simmer.simmer("wait", "echo").code()).isZero();
        assertThat(simmer.simmer("logs", "echo").out()).isEqualTo("got hello\n");
        assertThat(simmer.task("web").get("state").asText()).isEqualTo("ready");
        assertThat(simmer.simmer("down").line()).isEqualTo("stopped web (1)");
        assertThat(simmer.task("web").get("state").asText()).isEqualTo("killed");
        assertThat(simmer.simmer("clean").line()).contains("web (1)", "check (2)", "echo (3)");
        assertThat(simmer.simmer("list").line()).isEqualTo("no tasks");
    }

    /** Each of them alone would cost a command more than an empty JVM takes. */
    @Test
    void shortCommandsLoadNoneOfTheLargeLibraries() throws Exception {
        simmer.simmer("run", "--name", "t", "true");
        for (List<String> words :
                List.of(
                        List.of("list"),
                        List.of("list", "--json"),
                        List.of("run", "--", "true"),
                        List.of("wait", "t"),
                        List.of("kill", "t"),
                        List.of("logs", "t"))) {
            Path log = folder.resolve("classes");
            List<String> command = new ArrayList<>(RealHome.command());
            command.add(1, "-Xlog:class+load:file=" + log);
            command.addAll(words);
            Path err = Files.createTempFile(folder, "err", "");
            Process process = simmer.start(command, err);
            assertThat(RealHome.finish(process, err).code()).as(words.toString()).isZero();
            assertThat(Files.readString(log))
                    .as(words.toString())
                    .contains("dev.simmer.cli.Main ")
                    .doesNotContain(
                            " oshi.",
                            " org.sqlite.",
                            " com.googlecode.lanterna.",
                            " org.yaml.",
                            " com.fasterxml.jackson.dataformat.yaml.");
        }
    }
}
