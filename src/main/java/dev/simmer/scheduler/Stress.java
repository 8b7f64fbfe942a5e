package dev.simmer.scheduler;

import java.util.OptionalLong;

/**
 * What is remembered of how short memory is, from one look at the host to the next. Times are
 * milliseconds of the clock that events carry; of what never happened they are {@link #NEVER}.
 *
 * @param tightSince since when memory is short; empty while it is not
 * @param calmSince since when every look has shown enough of it; empty where the newest did not
 * @param criticalSince since when every look has shown next to none; empty where the newest did not
 * @param bareSince since when every look has shown less than a quarter of the reserve; empty where
 *     the newest did not
 * @param ioStalled whether heavy work is held back because much waits for input and output
 * @param lookedAt when the host was looked at last
 * @param fallBytes by how much available memory is about to fall within a second; not negative
 * @param falling whether it falls so fast that next to none will be left within a second
 * @param pausedAt when a task was last paused for memory
 * @param resumedAt when one last went on
 * @param evictedAt when one was last ended and queued again
 * @param stepBytes how much was available when one was last paused, went on or was ended; 0 where
 *     none ever was
 */
public record Stress(
        OptionalLong tightSince,
        OptionalLong calmSince,
        OptionalLong criticalSince,
        OptionalLong bareSince,
        boolean ioStalled,
        long lookedAt,
        long fallBytes,
        boolean falling,
        long pausedAt,
        long resumedAt,
        long evictedAt,
        long stepBytes) {
    /** Long before the first event, and far enough from the ends of the range to be subtracted. */
    static final long NEVER = Long.MIN_VALUE / 4;

    /** Nothing is known. */
    public static final Stress NONE =
            new Stress(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    false,
                    NEVER,
                    0,
                    false,
                    NEVER,
                    NEVER,
                    NEVER,
                    0);

    /** Whether memory is short, so that nothing heavy starts. */
    public boolean tight() {
        return tightSince.isPresent();
    }

    Stress paused(long at) {
        return acted(at, resumedAt, evictedAt, stepBytes);
    }

    Stress resumed(long at) {
        return acted(pausedAt, at, evictedAt, stepBytes);
    }

    Stress evicted(long at) {
        return acted(pausedAt, resumedAt, at, stepBytes);
    }

    /** The same after a step that was taken with so much available. */
    Stress with(long availableBytes) {
        return acted(pausedAt, resumedAt, evictedAt, availableBytes);
    }

    private Stress acted(long paused, long resumed, long evicted, long bytes) {
        return new Stress(
                tightSince,
                calmSince,
                criticalSince,
                bareSince,
                ioStalled,
                lookedAt,
                fallBytes,
                falling,
                paused,
                resumed,
                evicted,
                bytes);
    }
}
