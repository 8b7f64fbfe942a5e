package dev.simmer.process;

import java.nio.file.Path;

/**
 * What an attempt's processes carry wherever they go: a soft RLIMIT_RTTIME that no other attempt
 * has. It is inherited over fork, exec, setsid and an emptied environment, is read with one call,
 * and means nothing to a process that is not scheduled in real time: the smallest value is 31 years
 * of processor time without a pause. Where it cannot be set (a hard limit below it) the environment
 * tells alone.
 *
 * <p>The value comes from the run folder's path, so that it is the same after a restart.
 */
final class Marker {
    private static final long FIRST = 1_000_000_000_000_000L;

    /** Below 2^53, so that a tool that reads limits as doubles reads it exactly. */
    private static final long COUNT = 8_000_000_000_000_000L;

    private Marker() {}

    static long of(Path folder) {
        // FNV-1a with 64 bits.
        long hash = 0xcbf29ce484222325L;
        for (byte b : PathBytes.of(folder)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return FIRST + Long.remainderUnsigned(hash, COUNT);
    }

    /** Whether a limit could be a marker, be it another Simmer's. */
    static boolean is(long limit) {
        return limit >= FIRST && limit < FIRST + COUNT;
    }
}
