package dev.simmer.model;

/**
 * How much of an attempt's output is kept on disk.
 *
 * @param bytes how much of the newest output is kept, at least {@link #MIN_BYTES}
 * @param whenFull what happens when there is more
 */
public record LogLimit(long bytes, WhenFull whenFull) {
    /** The smallest limit: below it the oldest part would be given back all the time. */
    public static final long MIN_BYTES = 1L << 20;

    /** Where a task says nothing. */
    public static final LogLimit DEFAULT = new LogLimit(1L << 30, WhenFull.DROP_OLDEST);

    public LogLimit {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException("a log limit is at least 1M, not " + bytes);
        }
    }

    /** What happens when a log outgrows its limit. */
    public enum WhenFull {
        /**
         * The oldest part is given back to the disk while the task goes on; where the file system
         * cannot do that, the same as {@link #STOP}.
         */
        DROP_OLDEST,
        /** The task is stopped. */
        STOP
    }
}
