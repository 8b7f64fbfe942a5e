package dev.simmer.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A terminal of a fixed size in a tmux server of its own, which ends with it. */
final class Tmux implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static final long LOOK_MILLIS = 50;

    private final String socket;

    private Tmux(String socket) {
        this.socket = socket;
    }

    static boolean installed() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder("tmux", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Opens a terminal that runs a command and stays when that ends, with its exit code shown. */
    static Tmux open(Path folder, int columns, int rows, Map<String, String> env, String command)
            throws IOException, InterruptedException {
        Tmux tmux =
                new Tmux("simmer-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        List<String> argv = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d"));
        argv.addAll(List.of("-x", "" + columns, "-y", "" + rows, "-c", folder.toString()));
        env.forEach((name, value) -> argv.addAll(List.of("-e", name + "=" + value)));
        argv.add(command + "; echo \"ended with $?\"; exec cat");
        tmux.call(argv);
        return tmux;
    }

    /** Types keys by tmux's names for them. */
    void keys(String... keys) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("send-keys"));
        argv.addAll(List.of(keys));
        call(argv);
    }

    /** Types text as it is. */
    void type(String text) throws IOException, InterruptedException {
        call(List.of("send-keys", "-l", text));
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        call(List.of("resize-window", "-x", "" + columns, "-y", "" + rows));
    }

    /** Writes all that is sent to the terminal from now on to a file, too. */
    void record(Path file) throws IOException, InterruptedException {
        Files.createFile(file);
        call(List.of("pipe-pane", "cat >> '" + file + "'"));
    }

    /** Blanks some columns of some rows behind the program's back; all count from 0. */
    void erase(int firstRow, int lastRow, int column, int columns)
            throws IOException, InterruptedException {
        StringBuilder sequences = new StringBuilder("\u001b7");
        for (int row = firstRow; row <= lastRow; row++) {
            sequences.append("\u001b[").append(row + 1).append(';').append(column + 1);
            sequences.append("H\u001b[").append(columns).append('X');
        }
        sequences.append("\u001b8");
        String terminal = call(List.of("display-message", "-p", "#{pane_tty}")).strip();
        Files.writeString(Path.of(terminal), sequences);
        // What has been written before an answer of tmux's has been read by it.
        call(List.of("display-message", "-p", "#{cursor_x}"));
    }

    /** What tmux knows of the terminal, by the name of one of its variables. */
    String variable(String name) throws IOException, InterruptedException {
        return call(List.of("display-message", "-p", "#{" + name + "}")).strip();
    }

    /** What the screen shows. */
    String screen() throws IOException, InterruptedException {
        return call(List.of("capture-pane", "-p"));
    }

    /** Waits until the screen is as wanted; fails with the screen when that takes too long. */
    String await(String what, Predicate<String> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        String screen = screen();
        while (!wanted.test(screen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + " on\n" + screen);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            screen = screen();
        }
        return screen;
    }

    String await(String text) throws IOException, InterruptedException {
        return await("\"" + text + "\"", screen -> screen.contains(text));
    }

    /** Waits for a text and gives what the screen shows by then, with its colours. */
    String awaitColoured(String text) throws IOException, InterruptedException {
        await(text);
        return call(List.of("capture-pane", "-p", "-e"));
    }

    private String call(List<String> arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("tmux", "-L", socket));
        argv.addAll(arguments);
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", argv) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        try {
            call(List.of("kill-server"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
