package dev.simmer.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.simmer.tui.term.Visits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The terminal is handed to programs and to the shell, and everything comes back unharmed. */
class LentTerminalTest {
    /** What the test's program asks of a terminal; all of it is given back. */
    private static final List<String> TAKEN =
            List.of("alternate_on", "mouse_any_flag", "mouse_sgr_flag");

    @TempDir Path folder = Path.of("/");

    @BeforeAll
    static void wantsTmux() throws Exception {
        boolean installed = Tmux.installed();
        assertThat(installed || System.getenv("CI") == null)
                .as("tmux is installed, which CI must see to")
                .isTrue();
        assumeTrue(installed, "tmux is not installed, so no real terminal was tried");
    }

    /** A shell with jobs that has started the program which shows its keys. */
    private Tmux open(Map<String, String> more) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "a line\n".repeat(100));
        Tmux terminal =
                Tmux.open(folder, 100, 30, more, "PS1='prompt> ' bash --norc --noprofile -i");
        terminal.await("the shell", screen -> screen.contains("prompt>"));
        Path start = folder.resolve("start");
        Files.writeString(
                start,
                "exec "
                        + Launching.commandLine()
                                .replace("dev.simmer.cli.Main", Visits.class.getName())
                        + " '"
                        + file
                        + "' 42\n");
        terminal.type("sh " + start);
        terminal.keys("Enter");
        terminal.await("the program", screen -> screen.contains("seen: :end"));
        return terminal;
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("script"), text);
    }

    private static void assertTaken(Tmux terminal, boolean taken) throws Exception {
        for (String name : TAKEN) {
            assertThat(terminal.variable(name)).as(name).isEqualTo(taken ? "1" : "0");
        }
    }

    private static long program(Tmux terminal) throws Exception {
        ProcessHandle shell =
                ProcessHandle.of(Long.parseLong(terminal.variable("pane_pid"))).orElseThrow();
        return shell.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .map(ProcessHandle::pid)
                .findFirst()
                .orElseThrow();
    }

    private static void kill(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + signal, "" + pid).start().waitFor();
    }

    /** What the shell finds the terminal set to. */
    private static void assertSane(Tmux terminal) throws Exception {
        terminal.type("clear; stty -a | tr ';' '\\n' | grep -cE '(^| )(icanon|echo|isig)( |$)'");
        terminal.keys("Enter");
        terminal.await("its settings", screen -> screen.lines().anyMatch(l -> l.matches("[1-3]")));
        assertTaken(terminal, false);
    }

    @Test
    void programGetsEveryKeyAndTheTerminalComesBack() throws Exception {
        Path script =
                script(
                        "printf 'shows %s\\n' \"$*\"; read -r one; printf 'read %s\\n' \"$one\";"
                                + " read -r two");
        try (Tmux terminal = open(Map.of("PAGER", "sh '" + script + "'"))) {
            assertTaken(terminal, true);
            terminal.type("p");
            terminal.await("the pager", screen -> screen.contains("shows"));
            assertTaken(terminal, false);
            terminal.type("every key of it");
            terminal.keys("Enter");
            terminal.await("its keys", screen -> screen.contains("read every key of it"));
            terminal.resize(80, 24);
            terminal.keys("Enter");
            String end =
                    terminal.await(
                            "the end",
                            screen -> screen.contains("p [was away]") || screen.contains("(Enter"));
            if (end.contains("(Enter")) {
                // It was so quick that it might not have been read.
                terminal.keys("Enter");
            }
            terminal.await("the dashboard", screen -> screen.contains("seen: p [was away] :end"));
            assertTaken(terminal, true);
            terminal.type("xq");
            terminal.await("the shell", screen -> screen.contains("left"));
            assertSane(terminal);
        }
    }

    @Test
    void editorIsBroughtToTheLine() throws Exception {
        Path vim = Files.createDirectory(folder.resolve("bin")).resolve("vim");
        Files.writeString(vim, "#!/bin/sh\nprintf 'edits %s\\n' \"$*\"; read -r one\n");
        assertThat(vim.toFile().setExecutable(true)).isTrue();
        try (Tmux terminal = open(Map.of("VISUAL", vim + " -f", "EDITOR", "/no/such"))) {
            terminal.type("e");
            terminal.await("the editor", screen -> screen.contains("edits -f +42 "));
            terminal.keys("Enter");
            terminal.await("the end", screen -> screen.contains("seen: e [was away] :end"));
            terminal.type("q");
            terminal.await("the shell", screen -> screen.contains("left"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no/such/editor|cannot start /no/such/editor",
                "sh -c 'kill -9 $$'|sh has ended with exit code 137",
                "sh -c 'stty raw -echo; printf \"\\033[?1049h\\033[?1003h\"; exit 3'|exit code 3"
            })
    void programThatFailsIsTold(String sample) throws Exception {
        String editor = sample.substring(0, sample.indexOf('|'));
        String words = sample.substring(sample.indexOf('|') + 1);
        try (Tmux terminal = open(Map.of("EDITOR", editor, "VISUAL", ""))) {
            terminal.type("e");
            terminal.await("the trouble", screen -> screen.contains(words));
            assertTaken(terminal, true);
            terminal.type("abq");
            terminal.await("the shell", screen -> screen.contains("left"));
            assertSane(terminal);
        }
    }

    @Test
    void shellGetsItAndGivesItBack() throws Exception {
        try (Tmux terminal = open(Map.of())) {
            terminal.type("z");
            terminal.await("the shell", screen -> screen.contains("Stopped"));
            assertTaken(terminal, false);
            terminal.type("echo at-$((40+2))");
            terminal.keys("Enter");
            terminal.await("at-42");
            terminal.resize(70, 20);
            terminal.type("fg");
            terminal.keys("Enter");
            terminal.await("the program", screen -> screen.contains("seen: z [was away] :end"));
            assertTaken(terminal, true);

            kill("TSTP", program(terminal));
            terminal.await("the shell again", screen -> screen.contains("Stopped"));
            assertTaken(terminal, false);
            terminal.type("fg");
            terminal.keys("Enter");
            terminal.await(
                    "the program again",
                    screen -> screen.contains("seen: z [was away] [was away] :end"));
            terminal.type("q");
            terminal.await("the shell", screen -> screen.contains("left"));
            assertSane(terminal);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP", "INT"})
    void whoeverEndsItGetsTheTerminalBack(String signal) throws Exception {
        try (Tmux terminal = open(Map.of())) {
            long pid = program(terminal);
            kill(signal, pid);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (ProcessHandle.of(pid).isPresent()) {
                assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertSane(terminal);
        }
    }
}
