package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogsCommandTest {
    @TempDir Path home;
    private CommandFixture fixture;
    private FakeSupervisor supervisor;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home);
        supervisor = fixture.supervisor;
        supervisor.show(task(Phase.SUCCEEDED, "one\ntwo\n", "three\nfour\nfive"));
    }

    /** A task whose last attempt runs unless the task has ended. */
    private TaskView task(Phase phase, String... outputs) throws IOException {
        TaskView task =
                phase.ended()
                        ? Views.ended(1, "a", fixture.folder, new Outcome.Succeeded())
                        : Views.task(1, "a", fixture.folder, phase, Optional.empty(), spec -> {});
        List<AttemptView> attempts = new java.util.ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            Path log = home.resolve("log-" + (i + 1));
            Files.writeString(log, outputs[i]);
            boolean ended = phase.ended() || phase == Phase.BACKOFF || i < outputs.length - 1;
            attempts.add(
                    new AttemptView(
                            i + 1,
                            log,
                            Optional.of(Views.NOON),
                            ended ? Optional.of(Views.NOON) : Optional.empty(),
                            ended ? Optional.of(new Outcome.ExitedWith(1)) : Optional.empty(),
                            0));
        }
        return Views.with(task, attempts);
    }

    @ParameterizedTest
    @CsvSource({
        "logs 1,one|two|three|four|five",
        "logs 1 -n 1,five",
        "logs 1 -n 3,three|four|five",
        "logs 1 -n 4,two|three|four|five",
        "logs 1 -n 99,one|two|three|four|five",
        "logs 1 -n 0,''",
        "logs 1 --attempt 1,one|two|",
        "logs 1 --attempt 2 -n 2,four|five",
        "logs 1 --grep ^f,four|five",
        "logs 1 --grep o -n 2,two|four|",
        "logs 1 --grep zzz,''",
        "logs 1 -f,one|two|three|four|five",
        "logs -fn1 a,five",
    })
    void linesThatAreWanted(String line, String lines) {
        assertThat(fixture.simmer(line.split(" ", -1))).as(fixture.err()).isZero();
        assertThat(fixture.out()).isEqualTo(lines.replace('|', '\n'));
    }

    @Test
    void followGoesOnOverRetries() throws Exception {
        supervisor.show(task(Phase.RUNNING, "one\n"));
        supervisor.states.add(Optional.of(of(task(Phase.RUNNING, "one\ntwo\n"))));
        supervisor.states.add(Optional.of(of(task(Phase.BACKOFF, "one\ntwo\n"))));
        supervisor.thenLost();
        supervisor.states.add(Optional.of(of(task(Phase.RUNNING, "one\ntwo\n", "again\n"))));
        supervisor.states.add(Optional.of(of(task(Phase.SUCCEEDED, "one\ntwo\n", "again\nend\n"))));
        assertThat(fixture.simmer("logs", "-f", "a")).isZero();
        // The fake's files are there at once: what counts is that nothing is left out or doubled.
        assertThat(fixture.out()).isEqualTo("one\ntwo\nagain\nend\n");
    }

    private static dev.simmer.model.Snapshot of(TaskView task) {
        return Views.snapshot(List.of(), task);
    }

    @Test
    void bytesAreLeftAsTheyAreWhereNoTerminalIs() throws Exception {
        byte[] strange = {'a', (byte) 0xff, 0x1b, '[', '2', 'J', 0, '\r', '\n', '\n', 'x'};
        TaskView task = task(Phase.SUCCEEDED, "");
        Files.write(task.attempts().getFirst().log(), strange);
        supervisor.show(task);
        assertThat(fixture.simmer("logs", "1")).isZero();
        assertThat(fixture.out()).isEqualTo(new String(strange, StandardCharsets.UTF_8));
    }

    @Test
    void terminalIsShownNothingThatActsOnIt() throws Exception {
        supervisor.show(
                task(Phase.SUCCEEDED, "\u001b[31mred\u001b[0m\u001b[5 q\u001b]0;title\u0007!\n"));
        fixture.terminal = true;
        fixture.environment.put("TERM", "xterm");
        fixture.simmer("logs", "1");
        assertThat(fixture.out()).isEqualTo("\u001b[0;31mred\u001b[0m!\n");
        fixture.environment.put("NO_COLOR", "1");
        fixture.simmer("logs", "1");
        assertThat(fixture.out()).isEqualTo("red!\n");
    }

    @Test
    void asJson() {
        fixture.simmer("logs", "1", "--json", "-n", "3");
        assertThat(fixture.out())
                .isEqualTo(
                        """
                        {"attempt":2,"text":"three"}
                        {"attempt":2,"text":"four"}
                        {"attempt":2,"text":"five"}
                        """);
    }

    @Test
    void taskThatHasNotRunSaysWhy() {
        supervisor.show(
                Views.task(1, "a", fixture.folder, Phase.WAITING, Optional.empty(), spec -> {}));
        assertThat(fixture.simmer("logs", "1")).isZero();
        assertThat(fixture.err()).isEqualTo("simmer: a (1) has not run yet: waits for a place\n");
    }

    @Test
    void mistakes() {
        assertThat(fixture.simmer("logs", "1", "--grep", "(")).isEqualTo(2);
        assertThat(fixture.err()).contains("--grep is a regular expression");
        assertThat(fixture.simmer("logs", "1", "--attempt", "9")).isEqualTo(3);
        assertThat(fixture.simmer("logs", "1", "-n", "x")).isEqualTo(2);
        assertThat(fixture.simmer("logs")).isEqualTo(2);
    }

    private int into(String failure, java.io.ByteArrayOutputStream err, String... words) {
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(failure);
                    }
                };
        Surroundings around =
                new Surroundings(
                        fixture.folder,
                        Map.of("SIMMER_HOME", home.toString()),
                        closed,
                        err,
                        false,
                        false);
        return Main.run(List.of(words), around, supervisor);
    }

    @Test
    void closedOutputIsNoError() {
        java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
        assertThat(into("Broken pipe", err, "logs", "1")).isEqualTo(141);
        assertThat(into("Broken pipe", err, "list")).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void outputThatCannotBeWrittenIsTold() {
        for (String line : List.of("logs 1", "list", "list --json", "history", "run --help")) {
            java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
            assertThat(into("No space left on device", err, line.split(" ", -1)))
                    .as(line)
                    .isEqualTo(1);
            assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(
                            "simmer: standard output could not be written:"
                                    + " No space left on device\n");
        }
    }

    @Test
    void lastLinesOfLargeFiles() throws Exception {
        Path file = home.resolve("large");
        String line = "x".repeat(99) + "\n";
        Files.writeString(file, line.repeat(5_000));
        assertThat(LastLines.of(file, 3)).isEqualTo(new LastLines(499_700, 3));
        assertThat(LastLines.of(file, 4_000)).isEqualTo(new LastLines(100_000, 4_000));
        assertThat(LastLines.of(file, 9_000)).isEqualTo(new LastLines(0, 5_000));
        assertThat(LastLines.of(file, 0)).isEqualTo(new LastLines(500_000, 0));
        assertThat(LastLines.of(home.resolve("none"), 3)).isEqualTo(new LastLines(0, 0));
    }
}
