package dev.simmer.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a person uses it: in a terminal, by keys, with real processes. */
class DashboardInTerminalTest {
    @TempDir Path folder = Path.of("/");

    @BeforeAll
    static void wantsTmux() throws Exception {
        boolean installed = Tmux.installed();
        assertThat(installed || System.getenv("CI") == null)
                .as("tmux is installed, which CI must see to")
                .isTrue();
        assumeTrue(installed, "tmux is not installed, so no real terminal was tried");
    }

    private Tmux open(int columns, int rows) throws IOException, InterruptedException {
        Path workspace = Files.createDirectories(folder.resolve("work"));
        return Tmux.open(
                workspace,
                columns,
                rows,
                Map.of("SIMMER_HOME", folder.resolve("home").toString()),
                Launching.commandLine());
    }

    @Test
    void spawnsReadsAndKillsByKeys() throws Exception {
        String mark = "300." + ProcessHandle.current().pid();
        try (Tmux terminal = open(80, 24)) {
            terminal.await("the empty view", screen -> screen.contains("spawn"));
            terminal.keys("n");
            terminal.type("echo hello-$((40+2)); exec sleep " + mark + " &");
            terminal.keys("Enter");
            terminal.await("the output", screen -> screen.contains("hello-42"));
            terminal.await("running");
            assertThat(running(mark)).as("the process runs").isTrue();

            terminal.keys("x");
            terminal.await("killed");
            assertThat(running(mark)).as("the process runs").isFalse();

            terminal.keys("r");
            terminal.await("running");
            terminal.keys("Q");
            terminal.await("ended with 0");
            assertThat(running(mark)).as("the process runs").isFalse();
        }
    }

    @Test
    void followsTheTerminalsSizeAndIsPoliteWhenItIsTiny() throws Exception {
        try (Tmux terminal = open(160, 45)) {
            terminal.await("the empty view", screen -> screen.contains("spawn"));
            terminal.keys("n");
            terminal.type("seq 1 500; sleep 300");
            terminal.keys("Enter");
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
            terminal.keys("Q");
            terminal.await("ended with 0");
        }
    }

    private static boolean running(String mark) {
        return ProcessHandle.allProcesses()
                .anyMatch(process ->
                        process.info().commandLine().orElse("").endsWith("sleep " + mark));
    }
}
