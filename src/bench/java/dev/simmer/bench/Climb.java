package dev.simmer.bench;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Uses memory as builds and test suites do: climbs to a peak, stays there, falls again and ends;
 * alone, or as a burst of processes that do so side by side.
 */
public final class Climb {
    private static final long CHUNK = 4L << 20;
    private static final int PAGE = 4096;
    private static final long STEP_MILLIS = 20;

    private final Deque<Arena> chunks = new ArrayDeque<>();

    private Climb() {}

    /**
     * Climbs: {@code Climb PEAK_MIB CLIMB_MS HOLD_MS FALL_MS [PROCESSES]}.
     *
     * <p>With more than one process the peak is shared out among them.
     */
    public static void main(String[] args) throws Exception {
        long peak = Long.parseLong(args[0]);
        int processes = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        if (processes > 1) {
            burst(peak, List.of(args).subList(1, 4), processes);
            return;
        }
        Climb climb = new Climb();
        int top = (int) (peak * (1 << 20) / CHUNK);
        climb.slope(0, top, Long.parseLong(args[1]));
        Thread.sleep(Long.parseLong(args[2]));
        climb.slope(top, 0, Long.parseLong(args[3]));
    }

    private static void burst(long peak, List<String> times, int processes) throws Exception {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            List<String> line = new ArrayList<>(List.of(self.command().orElseThrow()));
            line.addAll(flags(System.getProperty("java.class.path")));
            line.add(Long.toString(peak / processes));
            line.addAll(times);
            children.add(new ProcessBuilder(line).inheritIO().start());
        }
        int worst = 0;
        for (Process child : children) {
            worst = Math.max(worst, child.waitFor());
        }
        System.exit(worst);
    }

    /** How it is started: a JVM that is as small as it gets. */
    public static List<String> flags(String classPath) {
        return List.of(
                "-Xmx8m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Climb.class.getName());
    }

    /** Goes from so many chunks to so many, evenly. */
    private void slope(int from, int to, long millis) throws InterruptedException {
        long begun = System.nanoTime();
        long past = 0;
        while (past < millis) {
            reach((int) (from + (to - from) * past / millis));
            Thread.sleep(STEP_MILLIS);
            past = (System.nanoTime() - begun) / 1_000_000;
        }
        reach(to);
    }

    private void reach(int count) {
        while (chunks.size() < count) {
            Arena arena = Arena.ofConfined();
            var chunk = arena.allocate(CHUNK);
            for (long at = 0; at < CHUNK; at += PAGE) {
                chunk.set(java.lang.foreign.ValueLayout.JAVA_BYTE, at, (byte) 1);
            }
            chunks.push(arena);
        }
        while (chunks.size() > count) {
            chunks.pop().close();
        }
    }
}
