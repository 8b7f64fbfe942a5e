package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {
    @TempDir Path folder;

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Launch taking(String line) {
        return fixture.spawn(new Command.Shell(line), spec -> spec.input(true));
    }

    @Test
    void linesArriveInOrderAlsoWhenAskedBeforeTheStart() throws IOException {
        Launch launch = taking("for i in 1 2 3 4 5 6 7 8 9; do read -r a; echo \"$a\"; done");
        List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
        for (int i = 1; i < 10; i++) {
            answers.add(fixture.processes.input(launch.id(), "ä" + i + "\n"));
        }
        fixture.told.awaitEnd(launch.id());
        for (CompletableFuture<Optional<String>> answer : answers) {
            assertThat(answer.join()).isEmpty();
        }
        assertThat(Fixture.output(launch)).isEqualTo("ä1\nä2\nä3\nä4\nä5\nä6\nä7\nä8\nä9\n");
    }

    @Test
    void moreThanAPipeHoldsArrivesWhole() throws IOException {
        Launch launch = taking("head -c 1000000 | cksum");
        String text = "0123456789".repeat(100_000);
        assertThat(fixture.processes.input(launch.id(), text).join()).isEmpty();
        fixture.told.awaitEnd(launch.id());
        assertThat(Fixture.output(launch)).isEqualTo("2881818396 1000000\n");
    }

    @Test
    void taskThatDoesNotReadIsTold() {
        Launch launch = taking("exec sleep 1000");
        assertThat(fixture.processes.input(launch.id(), "x".repeat(100_000)).join())
                .hasValueSatisfying(words ->
                        assertThat(words).contains("does not read", "65536 of 100000 bytes"));
        fixture.processes.kill(launch.id());
        fixture.told.awaitEnd(launch.id());
        assertThat(fixture.processes.input(launch.id(), "x").join()).contains("it has ended");
    }

    @Test
    void taskWithoutInputIsTold() {
        Launch launch = fixture.sh("exec sleep 1000");
        assertThat(fixture.processes.input(launch.id(), "x").join())
                .hasValueSatisfying(words -> assertThat(words).contains("takes no input"));
        fixture.processes.kill(launch.id());
        fixture.told.awaitEnd(launch.id());
    }

    @Test
    void terminalStaysOpenAndTakesInput() throws IOException {
        Launch launch =
                fixture.spawn(
                        new Command.Shell("read -r a && echo \"got $a\"; exit 3"),
                        spec -> spec.tty(true));
        assertThat(fixture.processes.input(launch.id(), "hello\n").join()).isEmpty();
        assertThat(fixture.told.awaitEnd(launch.id()).status()).isEqualTo(new ExitStatus.Code(3));
        assertThat(Fixture.output(launch)).contains("got hello\r\n");
    }

    @Test
    void terminalThatNobodyWritesToUsesNoProcessorTime() throws Exception {
        Launch launch =
                fixture.spawn(
                        new Command.Shell("cat /proc/$PPID/stat; sleep 1; cat /proc/$PPID/stat"),
                        spec -> spec.tty(true));
        assertThat(fixture.told.awaitEnd(launch.id()).status()).isEqualTo(new ExitStatus.Code(0));
        List<String> stats = Fixture.output(launch).lines().toList();
        assertThat(stats).hasSize(2);
        assertThat(ticks(stats.get(1)) - ticks(stats.get(0))).isLessThan(20);
    }

    /** User and system time of a line of proc_pid_stat(5), in clock ticks. */
    private static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    @Test
    void terminalHasTheSizeThatTheEnvironmentSaysElseTheUsual() throws IOException {
        assertThat(size(Map.of("LINES", "", "COLUMNS", "wide"))).isEqualTo("24 80\r\n");
        assertThat(size(Map.of("LINES", "50", "COLUMNS", "132"))).isEqualTo("50 132\r\n");
        assertThat(size(Map.of("LINES", "0", "COLUMNS", "99999"))).isEqualTo("24 80\r\n");
        assertThat(size(Map.of("PATH", "/nowhere"))).endsWith("not found\r\n");
    }

    private String size(Map<String, String> env) throws IOException {
        Launch launch =
                fixture.spawn(new Command.Shell("stty size"), spec -> spec.tty(true).env(env));
        fixture.told.awaitEnd(launch.id());
        return Fixture.output(launch);
    }

    @Test
    void unknownAttemptIsTold() {
        assertThat(fixture.processes.input(new AttemptId(new TaskId(77), 1), "x").join())
                .contains("it does not run");
    }

    @Test
    void adoptedTaskTakesInput() throws IOException {
        Launch launch = taking("read -r a; echo \"$a\"");
        fixture.told.await(Recorder.Told.Started.class, launch.id());
        try (Fixture second = new Fixture(folder)) {
            second.processes.adopt(launch, true);
            assertThat(second.processes.input(launch.id(), "hello\n").join()).isEmpty();
            assertThat(second.told.awaitEnd(launch.id()).status())
                    .isEqualTo(new ExitStatus.Code(0));
        }
        assertThat(Fixture.output(launch)).isEqualTo("hello\n");
    }

    @Test
    void discardedFolderIsGoneAndNothingBehindItsLinks() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept"), "");
        Launch launch = fixture.sh("ln -s " + elsewhere + " $TMPDIR/l; chmod 500 $TMPDIR");
        fixture.told.awaitEnd(launch.id());
        Path runs = fixture.home.resolve("runs");
        Path task = runs.resolve(launch.id().task().toString());
        assertThat(launch.folder()).startsWith(task);
        Path link = Files.createSymbolicLink(runs.resolve("link"), elsewhere);
        fixture.processes.discard(task);
        fixture.processes.discard(link);
        // Closing waits for what is being removed.
        fixture.processes.close();
        assertThat(task).doesNotExist();
        assertThat(link).doesNotExist();
        assertThat(elsewhere.resolve("kept")).exists();
    }
}
