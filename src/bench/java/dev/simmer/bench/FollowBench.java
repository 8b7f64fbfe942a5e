package dev.simmer.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The writer of {@link LogBench} while the dashboard follows it in a terminal of 160x45, and what
 * share of a core the dashboard uses meanwhile. The writer begins when the dashboard has been open
 * for three seconds: what is measured is following, not starting.
 */
final class FollowBench {
    private static final long CLOCK_TICKS = 100;
    private static final long LOOK_MILLIS = 10;

    private final Path folder;
    private final Path simmer;
    private final List<Double> shares = new ArrayList<>();

    private FollowBench(Path folder, Path simmer) {
        this.folder = folder;
        this.simmer = simmer;
    }

    static void run(Path scratch, Path simmer, int rounds) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("follow"));
        Path took = folder.resolve("took");
        String timed =
                "sleep 3; : >'"
                        + folder
                        + "/begun'; s=$(date +%s%N); "
                        + LogBench.WRITER
                        + "; e=$(date +%s%N); echo $((e-s)) >'"
                        + folder
                        + "/new' && mv '"
                        + folder
                        + "/new' '"
                        + took
                        + "'";
        Files.writeString(folder.resolve("writer.sh"), timed + "\n");
        Files.writeString(
                folder.resolve("simmer.yaml"), "version: 1\ntasks: {writer: sh writer.sh}\n");
        FollowBench bench = new FollowBench(folder, simmer);
        new Rounds("1 GB of 80-byte lines, followed by the dashboard", rounds)
                .with("sh writer.sh > file", bench::plain)
                .with("a task that the dashboard shows", bench::followed)
                .run();
        double most = bench.shares.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        System.out.printf(
                Locale.ROOT, "  the dashboard used at most %.2f of a core meanwhile%n", most);
    }

    private double plain() throws Exception {
        LogBench.settle();
        Path file = folder.resolve("plain.log");
        Rounds.command("sh", "-c", "cd '" + folder + "'; sh writer.sh >plain.log").seconds();
        Files.delete(file);
        return took();
    }

    private double took() throws IOException {
        Files.delete(folder.resolve("begun"));
        Path file = folder.resolve("took");
        double seconds = Long.parseLong(Files.readString(file).strip()) / 1e9;
        Files.delete(file);
        return seconds;
    }

    private double followed() throws Exception {
        LogBench.settle();
        Path pidFile = folder.resolve("pid");
        Path home = folder.resolve("home");
        String inside =
                "stty rows 45 cols 160; cd '"
                        + folder
                        + "'; echo $$ >pid; SIMMER_HOME='"
                        + home
                        + "' exec '"
                        + simmer
                        + "'";
        Process terminal =
                new ProcessBuilder("script", "-qfec", inside, "/dev/null")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (OutputStream keys = terminal.getOutputStream()) {
            await(folder.resolve("begun"), terminal);
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            long ticks = ticks(pid);
            long begun = System.nanoTime();
            await(folder.resolve("took"), terminal);
            double seconds = (System.nanoTime() - begun) / 1e9;
            shares.add((ticks(pid) - ticks) / (double) CLOCK_TICKS / seconds);
            keys.write("Qy".getBytes(StandardCharsets.US_ASCII));
            keys.flush();
            if (!terminal.waitFor(30, TimeUnit.SECONDS)) {
                terminal.destroy();
                throw new IllegalStateException("the dashboard did not end");
            }
        }
        Scratch.remove(home);
        return took();
    }

    private static void await(Path file, Process terminal) throws InterruptedException {
        while (!Files.exists(file)) {
            if (!terminal.isAlive()) {
                throw new IllegalStateException("the dashboard ended before " + file);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** User and system time of a process, from proc_pid_stat(5). */
    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
