package dev.simmer.process;

import com.sun.management.ThreadMXBean;
import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What looking at what tasks use costs, and how far off the peak is that comes of it.
 *
 * <p>The cost is processor time of a look at 100 trees of three processes on a machine with about
 * 500, beside {@code ps} in the same run. The error is that of the greatest peak known at a task's
 * end against what its processes say of themselves, at one look a second as the engine has it.
 */
public final class SamplingBench {
    private static final int TREES = 100;
    private static final int PROCESSES = 500;
    private static final int LOOKS = 20;
    private static final long SECOND = 1_000_000_000L;
    private static final int TASKS = 8;
    private static final int APART_MILLIS = 370;
    private static final Pattern MARK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Pattern TIMES =
            Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s\\s*\\z");

    private SamplingBench() {}

    /** Prints the cost and the errors. */
    public static void run(Path scratch) throws Exception {
        cost(
                scratch.resolve("asleep"),
                "100 trees of three processes that sleep",
                "sleep 1000 & sleep 1000 & wait");
        cost(
                scratch.resolve("busy"),
                "100 trees that start a process every 0.7 s",
                "sleep 1000 & while :; do sleep 0.7; done");
        System.out.println();
        System.out.println(
                "Error of the recorded peak, one look a second ("
                        + TASKS
                        + " tasks each, median and worst)");
        System.out.printf(
                Locale.ROOT,
                "  (wait4 tells of processes above %d MB, which this JVM had itself; the marks of"
                        + " three JVMs count thrice what they share)%n",
                ownHighWater() >> 20);
        System.out.printf(
                Locale.ROOT,
                "  %-36s %16s %16s %16s%n",
                "",
                "resident alone",
                "with VmHWM",
                "with wait4 too");
        peaks(scratch.resolve("short"), "300 MB within 0.2 s", climb(300, 200));
        peaks(scratch.resolve("second"), "300 MB within 1 s", climb(300, 1_000));
        peaks(scratch.resolve("long"), "300 MB within 10 s", climb(300, 10_000));
        String three = climb(100, 200) + " & " + climb(100, 200) + " & " + climb(100, 200);
        peaks(scratch.resolve("three"), "3 processes of 100 MB, within 0.2 s", three + "; wait");
        String threeSlow = three.replace(" 200", " 10000");
        peaks(
                scratch.resolve("threes"),
                "3 processes of 100 MB, within 10 s",
                threeSlow + "; wait");
    }

    private static long ownHighWater() {
        try (Procfs procfs = new Procfs(new Posix())) {
            return procfs.status((int) ProcessHandle.current().pid()) ? procfs.highWaterBytes : -1;
        }
    }

    private static void cost(Path folder, String title, String line) throws Exception {
        try (Fixture fixture = new Fixture(folder);
                ProcfsUsage usage = new ProcfsUsage()) {
            Map<AttemptId, Path> attempts = new LinkedHashMap<>();
            List<Process> others = new ArrayList<>();
            try {
                for (int i = 0; i < TREES; i++) {
                    Launch launch = fixture.sh(line);
                    fixture.told.await(Recorder.Told.Started.class, launch.id());
                    attempts.put(launch.id(), launch.folder());
                }
                int processes = processes();
                while (processes < PROCESSES) {
                    others.add(new ProcessBuilder("sleep", "1000").start());
                    processes++;
                }
                measure(title, usage, attempts);
            } finally {
                others.forEach(Process::destroyForcibly);
                attempts.keySet().forEach(fixture.processes::kill);
                attempts.keySet().forEach(fixture.told::awaitEnd);
            }
        }
    }

    private static void measure(String title, ProcfsUsage usage, Map<AttemptId, Path> attempts)
            throws Exception {
        double[] first = look(usage, attempts, LOOKS, SECOND);
        double ps = ps();
        double[] _ = look(usage, attempts, 100, SECOND / 100);
        double[] looks = look(usage, attempts, LOOKS, SECOND);
        int counted =
                usage.sample(attempts).values().stream().mapToInt(UsageSample::processes).sum();
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "%s, %d processes on the machine, %d of them in trees%n"
                        + "  first %d looks of a new JVM   %6.2f ms each (%.2f to %.2f), %.2f %% of"
                        + " a core at one a second%n"
                        + "  later looks                  %6.2f ms each (%.2f to %.2f), %.2f %%%n"
                        + "  ps -eo pid,rss               %6.2f ms each; a look is %.2f x%n",
                title,
                processes(),
                counted,
                LOOKS,
                median(first),
                first[0],
                first[LOOKS - 1],
                median(first) / 10,
                median(looks),
                looks[0],
                looks[LOOKS - 1],
                median(looks) / 10,
                ps,
                median(looks) / ps);
    }

    /** Processor time of each look in milliseconds, sorted. */
    private static double[] look(
            ProcfsUsage usage, Map<AttemptId, Path> attempts, int looks, long apartNanos)
            throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] millis = new double[looks];
        for (int i = 0; i < looks; i++) {
            Thread.sleep(apartNanos / 1_000_000);
            long begun = threads.getCurrentThreadCpuTime();
            usage.sample(attempts);
            millis[i] = (threads.getCurrentThreadCpuTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    private static int processes() {
        try (Procfs procfs = new Procfs(new Posix())) {
            return procfs.list();
        }
    }

    /** Processor time of one {@code ps} in milliseconds, from twenty. */
    private static double ps() throws Exception {
        Process shell =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "i=0; while test $i -lt 20; do ps -eo pid,rss >/dev/null;"
                                        + " i=$((i+1)); done; times")
                        .start();
        Matcher times =
                TIMES.matcher(
                        new String(
                                shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        if (shell.waitFor() != 0 || !times.find()) {
            throw new IllegalStateException("no times of ps");
        }
        double seconds =
                60 * (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(3)))
                        + Double.parseDouble(times.group(2))
                        + Double.parseDouble(times.group(4));
        return seconds * 1e3 / 20;
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static String climb(int mebibytes, int millis) {
        return "'"
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp '"
                + System.getProperty("java.class.path")
                + "' "
                + Climber.class.getName()
                + " "
                + mebibytes
                + " "
                + millis;
    }

    private static final class Known {
        private long resident;
        private long peak;
    }

    private static void peaks(Path folder, String title, String line) throws Exception {
        double[][] errors = new double[3][TASKS];
        try (Fixture fixture = new Fixture(folder);
                ProcfsUsage usage = new ProcfsUsage()) {
            Map<AttemptId, Launch> running = new LinkedHashMap<>();
            Map<AttemptId, Known> known = new HashMap<>();
            List<Launch> all = new ArrayList<>();
            long begun = System.nanoTime();
            long nextLook = begun;
            while (all.size() < TASKS || ended(fixture) < TASKS) {
                long now = System.nanoTime();
                if (now >= nextLook) {
                    nextLook += SECOND;
                    Map<AttemptId, Path> folders = new LinkedHashMap<>();
                    running.forEach((id, launch) -> folders.put(id, launch.folder()));
                    usage.sample(folders)
                            .forEach((id, sample) -> {
                                Known its = known.computeIfAbsent(id, _ -> new Known());
                                its.resident = Math.max(its.resident, sample.rssBytes());
                                its.peak = Math.max(its.peak, sample.peakBytes());
                            });
                }
                long starts = begun + 1_000_000L * all.size() * APART_MILLIS;
                if (all.size() < TASKS && now >= starts) {
                    Launch launch = fixture.sh(line);
                    running.put(launch.id(), launch);
                    all.add(launch);
                }
                Thread.sleep(5);
            }
            for (int i = 0; i < TASKS; i++) {
                Launch launch = all.get(i);
                Known its = known.getOrDefault(launch.id(), new Known());
                long truth = truth(launch);
                long kernel = fixture.told.awaitEnd(launch.id()).ending().peakBytes();
                errors[0][i] = (double) its.resident / truth - 1;
                errors[1][i] = (double) its.peak / truth - 1;
                errors[2][i] = (double) Math.max(its.peak, kernel) / truth - 1;
            }
        }
        System.out.printf(Locale.ROOT, "  %-36s", title);
        for (double[] each : errors) {
            double[] sorted =
                    Arrays.stream(each)
                            .boxed()
                            .sorted((a, b) -> Double.compare(Math.abs(a), Math.abs(b)))
                            .mapToDouble(Double::doubleValue)
                            .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "  %+6.1f %+6.1f %%",
                    100 * sorted[TASKS / 2],
                    100 * sorted[TASKS - 1]);
        }
        System.out.println();
    }

    private static long ended(Fixture fixture) {
        return fixture.told.all().stream().filter(Recorder.Told.Exited.class::isInstance).count();
    }

    /** What the task's processes have said of themselves, together. */
    private static long truth(Launch launch) throws IOException {
        long kilobytes = 0;
        Matcher marks = MARK.matcher(Files.readString(launch.log()));
        while (marks.find()) {
            kilobytes += Long.parseLong(marks.group(1));
        }
        if (kilobytes == 0) {
            throw new IllegalStateException(
                    "the task said nothing of its peak: " + Files.readString(launch.log()));
        }
        return kilobytes << 10;
    }
}
