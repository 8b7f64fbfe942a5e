package dev.simmer.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The dashboard as a person uses it: in a terminal, by keys, with real processes and a supervisor
 * that owns them.
 */
class DashboardInTerminalTest {
    private static final String[] NONE = {};

    @TempDir Path folder = Path.of("/");
    private Home home = new Home(folder);
    private int marks;

    @BeforeAll
    static void wantsTmux() throws Exception {
        boolean installed = Tmux.installed();
        assertThat(installed || System.getenv("CI") == null)
                .as("tmux is installed, which CI must see to")
                .isTrue();
        assumeTrue(installed, "tmux is not installed, so no real terminal was tried");
    }

    @BeforeEach
    void makeHome() {
        home = new Home(folder.resolve("home"));
    }

    @AfterEach
    void endWhatWasStarted() throws IOException {
        home.close();
    }

    private Tmux open(String workspace, int columns, int rows)
            throws IOException, InterruptedException {
        return Tmux.open(
                Files.createDirectories(folder.resolve(workspace)),
                columns,
                rows,
                Map.of("SIMMER_HOME", home.folder().toString()),
                Launching.commandLine());
    }

    /** An argument for sleep that no other process has. */
    private String mark() {
        return "300." + ProcessHandle.current().pid() + "00" + ++marks;
    }

    private static void spawn(Tmux terminal, String command) throws Exception {
        terminal.await("the dashboard", screen -> screen.contains("n spawn"));
        terminal.keys("n");
        terminal.await("the prompt", screen -> screen.contains("spawn ❯"));
        terminal.type(command);
        terminal.keys("Enter");
    }

    /** The processes that sleep so long; shells that are about to are none. */
    private static List<Long> running(String mark) {
        String[] wanted = {mark};
        try (var all = ProcessHandle.allProcesses()) {
            return all.filter(p -> Arrays.equals(p.info().arguments().orElse(NONE), wanted))
                    .map(ProcessHandle::pid)
                    .toList();
        }
    }

    @Test
    void spawnsReadsAndKillsByKeys() throws Exception {
        String mark = mark();
        try (Tmux terminal = open("work", 80, 24)) {
            spawn(terminal, "echo hello-$((40+2)); exec sleep " + mark + " &");
            terminal.await("the output", screen -> screen.contains("hello-42"));
            terminal.await("running");
            assertThat(running(mark)).as("the process").hasSize(1);

            terminal.keys("x");
            terminal.await("killed");
            assertThat(running(mark)).as("the process").isEmpty();

            terminal.keys("r");
            terminal.await("running");
            stopAndLeave(terminal);
            terminal.await("ended with 0");
            assertThat(running(mark)).as("the process").isEmpty();
        }
    }

    @Test
    void followsTheTerminalsSizeAndIsPoliteWhenItIsTiny() throws Exception {
        try (Tmux terminal = open("work", 160, 45)) {
            spawn(terminal, "seq 1 500; sleep 300");
            terminal.await("the end of the log", screen -> screen.contains("500"));
            terminal.resize(80, 24);
            terminal.await(
                    "a frame of 80 columns",
                    screen ->
                            screen.lines().limit(24).allMatch(line -> line.length() <= 80)
                                    && screen.lines().anyMatch(line -> line.endsWith("╮")));
            terminal.resize(30, 8);
            terminal.await("a polite line", screen -> screen.contains("40"));
            terminal.resize(100, 30);
            terminal.await("the dashboard again", screen -> screen.contains("╰"));
            stopAndLeave(terminal);
            terminal.await("ended with 0");
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "160, 45"})
    void tasksGoOnWhenTheDashboardIsLeft(int columns, int rows) throws Exception {
        String mark = mark();
        try (Tmux terminal = open("work", columns, rows)) {
            spawn(terminal, "echo before-leaving; exec sleep " + mark);
            terminal.await("the output", screen -> screen.contains("│ before-leaving"));
            terminal.keys("q");
            String left = terminal.await("ended with 0");
            assertThat(left).contains("1 task goes on; `simmer` shows it again");
        }
        List<Long> process = running(mark);
        assertThat(process).hasSize(1);
        try (Tmux terminal = open("work", columns, rows)) {
            terminal.await("the log", screen -> screen.contains("│ before-leaving"));
            terminal.await("running");
            assertThat(running(mark)).isEqualTo(process);
            stopAndLeave(terminal);
            String left = terminal.await("ended with 0");
            assertThat(left).doesNotContain("`simmer`");
        }
        assertThat(running(mark)).isEmpty();
    }

    @Test
    void severalDashboardsShowAndDoTheSame() throws Exception {
        String mark = mark();
        try (Tmux one = open("work", 80, 24);
                Tmux other = open("work", 160, 45)) {
            other.await("the other dashboard", screen -> screen.contains("n spawn"));
            spawn(one, "exec sleep " + mark);
            one.await("running");
            other.await("the task in the other one", screen -> screen.contains("running"));
            other.keys("x");
            one.await("its end in the first one", screen -> screen.contains("killed"));
            assertThat(running(mark)).isEmpty();
            other.keys("q");
            other.await("ended with 0");
            one.keys("r");
            one.await("running");
            stopAndLeave(one);
            one.await("ended with 0");
        }
        assertThat(running(mark)).isEmpty();
    }

    @Test
    void capitalQLeavesOtherWorkspacesAlone() throws Exception {
        String mine = mark();
        String theirs = mark();
        try (Tmux one = open("shop", 80, 24);
                Tmux other = open("blog", 160, 45)) {
            spawn(one, "exec sleep " + mine);
            one.await("its own task", screen -> screen.contains("● 1 running"));
            spawn(other, "exec sleep " + theirs);
            other.await(
                    "its own task alone",
                    screen ->
                            screen.contains("● 1 running")
                                    && screen.contains("+1 elsewhere")
                                    && !screen.contains("WORKSPACE"));
            other.keys("W");
            other.await(
                    "both tasks",
                    screen ->
                            screen.contains("WORKSPACE")
                                    && screen.lines().anyMatch(line -> line.contains("sleep blog"))
                                    && screen.lines().anyMatch(line -> line.contains("sleep shop")));
            stopAndLeave(one);
            one.await("ended with 0");
            assertThat(running(mine)).isEmpty();
            assertThat(running(theirs)).hasSize(1);
            stopAndLeave(other);
            other.await("ended with 0");
            assertThat(running(theirs)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "160, 45"})
    void goesOnWhenTheSupervisorIsKilled(int columns, int rows) throws Exception {
        String mark = mark();
        Path record = folder.resolve("record");
        try (Tmux terminal = open("work", columns, rows)) {
            spawn(terminal, "echo before-the-kill; exec sleep " + mark);
            terminal.await("the output", screen -> screen.contains("│ before-the-kill"));
            List<Long> process = running(mark);
            assertThat(process).hasSize(1);
            terminal.record(record);
            long killed = home.killSupervisor();
            await(
                    "the word of it",
                    () ->
                            Files.readString(record, StandardCharsets.UTF_8)
                                    .contains("the supervisor has gone"));
            terminal.await(
                    "all as before",
                    screen -> screen.contains("running") && !screen.contains("has gone"));
            assertThat(home.supervisor().orElseThrow().pid()).isNotEqualTo(killed);
            assertThat(running(mark)).isEqualTo(process);
            terminal.keys("x");
            terminal.await("killed");
            assertThat(running(mark)).isEmpty();
            spawn(terminal, "echo after-the-kill");
            terminal.await("the output", screen -> screen.contains("│ after-the-kill"));
            terminal.keys("q");
            terminal.await("ended with 0");
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "160, 45"})
    void tasksGoOnWhenTheTerminalIsClosed(int columns, int rows) throws Exception {
        String mark = mark();
        try (Tmux terminal = open("work", columns, rows)) {
            spawn(terminal, "echo before-the-end; exec sleep " + mark);
            terminal.await("the output", screen -> screen.contains("│ before-the-end"));
        }
        await("the dashboard's end", () -> dashboards() == 0);
        List<Long> process = running(mark);
        assertThat(process).hasSize(1);
        try (var files = Files.list(home.folder())) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("crash")))
                    .isEmpty();
        }
        try (Tmux terminal = open("work", columns, rows)) {
            terminal.await("the log", screen -> screen.contains("│ before-the-end"));
            assertThat(running(mark)).isEqualTo(process);
            stopAndLeave(terminal);
            terminal.await("ended with 0");
        }
        assertThat(running(mark)).isEmpty();
    }

    /** How many dashboards run in this test's home. */
    private long dashboards() {
        return home.processes().stream()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.endsWith("dev.simmer.cli.Main"))
                .count();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited in vain for %s", what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void stopAndLeave(Tmux terminal) throws Exception {
        terminal.keys("Q");
        terminal.await("the question", screen -> screen.contains("and leave?"));
        terminal.keys("y");
    }
}
