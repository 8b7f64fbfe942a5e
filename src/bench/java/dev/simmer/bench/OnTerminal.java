package dev.simmer.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A full-screen program in a pseudo-terminal of its own, which util-linux {@code script} makes:
 * what is typed and what is shown goes through two pipes. A thread takes in what it shows, with the
 * moment at which it came.
 */
final class OnTerminal implements AutoCloseable {
    static final int COLUMNS = 160;
    static final int ROWS = 45;

    private final Process script;
    private final Thread reader;
    private final SeenScreen screen = new SeenScreen(COLUMNS, ROWS);
    private final Object lock = new Object();
    private long bytes;
    private long changedAt;
    private boolean ended;

    /** Starts a program. */
    OnTerminal(Path folder, Map<String, String> environment, List<String> argv) throws IOException {
        StringBuilder line = new StringBuilder("stty rows " + ROWS + " cols " + COLUMNS + "; exec");
        for (String word : argv) {
            line.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qefc", line.toString(), "/dev/null");
        builder.directory(folder.toFile());
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("COLORTERM", "truecolor");
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().putAll(environment);
        script = builder.start();
        reader = Thread.ofPlatform().daemon().name("terminal").start(this::readAll);
    }

    private void readAll() {
        byte[] buffer = new byte[1 << 16];
        try (InputStream shown = script.getInputStream()) {
            int length = shown.read(buffer);
            while (length >= 0) {
                long now = System.nanoTime();
                synchronized (lock) {
                    bytes += length;
                    changedAt = now;
                    screen.feed(buffer, length);
                    lock.notifyAll();
                }
                length = shown.read(buffer);
            }
        } catch (IOException e) {
            // The program has ended; those who wait are told below.
        }
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    /** Types. */
    void type(String keys) throws IOException {
        script.getOutputStream().write(keys.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        script.getOutputStream().flush();
    }

    /** Bytes that were written so far. */
    long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /** What is to be compared of the screen. */
    String left(int columns) {
        synchronized (lock) {
            return screen.left(columns);
        }
    }

    /**
     * Waits until the screen is as wanted.
     *
     * @return when the bytes that made it so came, in nanoseconds of {@link System#nanoTime}; -1
     *     where they did not within the limit
     */
    long await(Predicate<SeenScreen> wanted, long limitMillis) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        synchronized (lock) {
            while (!wanted.test(screen)) {
                long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
                if (left <= 0 || ended) {
                    return -1;
                }
                lock.wait(left);
            }
            return changedAt;
        }
    }

    /** What is on the screen, for an error's words. */
    String text() {
        synchronized (lock) {
            return screen.text();
        }
    }

    /** CPU seconds of the programs under the terminal whose executable is so named. */
    double cpuSeconds(String name) throws IOException {
        long ticks = 0;
        for (ProcessHandle each : descendants(name)) {
            String stat = Files.readString(Path.of("/proc/" + each.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        // USER_HZ is 100 on every Linux that Java runs on.
        return ticks / 100.0;
    }

    private List<ProcessHandle> descendants(String name) {
        List<ProcessHandle> found = new ArrayList<>();
        script.toHandle()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/" + name))
                .forEach(found::add);
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "no %s runs under the terminal:%n%s", name, text()));
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = script.toHandle().descendants().toList();
        script.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!script.waitFor(10, TimeUnit.SECONDS)) {
                script.destroyForcibly();
            }
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
