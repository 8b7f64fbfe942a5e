package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --fg} on a pseudo-terminal, which util-linux script(1) makes. */
@Timeout(180)
class ForegroundInTerminalTest {
    private static final String UNTIL_GO =
            "echo begun; while [ ! -e go ]; do sleep 0.05; done; echo over";

    @TempDir Path folder;
    private RealHome simmer;

    @BeforeEach
    void open() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
        simmer = new RealHome(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        if (simmer != null) {
            simmer.close();
        }
    }

    /** Starts a foreground run on a terminal, and waits until its output is seen. */
    private Process run(String command) throws IOException {
        StringBuilder line = new StringBuilder();
        for (String word : RealHome.command("run", "--fg", "--name", "t", command)) {
            line.append(dev.simmer.model.ShellQuote.quote(word)).append(' ');
        }
        // The terminal's Ctrl+C is for the shell too; without a trap some shells end by it.
        String settings =
                "trap : INT; stty -a >before; " + line + "; code=$?; stty -a >after; exit $code";
        Process terminal =
                simmer.start(
                        List.of("script", "-qec", settings, "/dev/null"),
                        Files.createTempFile(folder, "err", ""));
        assertThat(terminal.inputReader().readLine()).isEqualTo("begun");
        return terminal;
    }

    private static void type(Process terminal, int key) throws IOException {
        terminal.getOutputStream().write(key);
        terminal.getOutputStream().flush();
    }

    private void assertTerminalIsAsBefore() throws IOException {
        assertThat(simmer.workspace.resolve("after"))
                .hasSameTextualContentAs(simmer.workspace.resolve("before"));
    }

    @Test
    void ctrlBLeavesTheTaskInTheBackground() throws Exception {
        Process terminal = run(UNTIL_GO);
        type(terminal, 2);
        assertThat(terminal.inputReader().lines().toList())
                .singleElement()
                .asString()
                .contains("t (1) goes on in the background", "simmer logs -f 1");
        assertThat(terminal.waitFor()).isZero();
        assertTerminalIsAsBefore();
        assertThat(simmer.task("t").get("state").asText()).isEqualTo("running");
        simmer.touch("go");
        assertThat(simmer.simmer("wait", "t").code()).isZero();
    }

    @Test
    void ctrlCStopsTheTask() throws Exception {
        Process terminal = run("trap 'echo bye; exit 0' TERM; " + UNTIL_GO);
        type(terminal, 3);
        assertThat(terminal.inputReader().lines().toList()).contains("bye");
        assertThat(terminal.waitFor()).isEqualTo(130);
        assertTerminalIsAsBefore();
        assertThat(simmer.task("t").get("state").asText()).isEqualTo("killed");
    }

    @Test
    void terminalThatClosesLeavesTheTask() throws Exception {
        Process terminal = run(UNTIL_GO);
        long pid = simmer.runningTask("t").get("pid").asLong();
        assertThat(terminal.destroyForcibly().waitFor(60, TimeUnit.SECONDS)).isTrue();
        // Everything that had the terminal is gone but the task, which never had it.
        RealHome.await(
                "the end of the command",
                () ->
                        simmer.left().stream()
                                .noneMatch(each ->
                                        each.info().commandLine().orElse("").contains("run --fg")));
        assertThat(RealHome.lives(pid)).isTrue();
        assertThat(simmer.task("t").get("state").asText()).isEqualTo("running");
        simmer.touch("go");
        assertThat(simmer.simmer("wait", "t").code()).isZero();
        assertThat(simmer.simmer("logs", "t").out()).isEqualTo("begun\nover\n");
    }
}
