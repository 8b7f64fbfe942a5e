package dev.simmer.process;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A program whose memory climbs and falls again, and which says at its end how high it was. */
public final class Climber {
    private static final int STEPS = 75;

    private Climber() {}

    /** {@code Climber MEBIBYTES MILLISECONDS}: climbs for half of the time and falls for half. */
    public static void main(String[] args) throws Exception {
        long step = (Long.parseLong(args[0]) << 20) / STEPS;
        long nanos = Long.parseLong(args[1]) * 1_000_000;
        long begun = System.nanoTime();
        Deque<Arena> held = new ArrayDeque<>();
        for (int i = 0; i < STEPS; i++) {
            Arena arena = Arena.ofConfined();
            arena.allocate(step).fill((byte) 1);
            held.push(arena);
            await(begun + nanos * (i + 1) / (2 * STEPS));
        }
        for (int i = 0; i < STEPS; i++) {
            held.pop().close();
            await(begun + nanos / 2 + nanos * (i + 1) / (2 * STEPS));
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                System.out.println(line);
            }
        }
    }

    private static void await(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
