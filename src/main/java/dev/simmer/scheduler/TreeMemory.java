package dev.simmer.scheduler;

/**
 * What an attempt's process tree uses.
 *
 * @param rssBytes resident memory now
 * @param peakBytes the most that it is known to have used since the look before, not less
 */
public record TreeMemory(long rssBytes, long peakBytes) {
    /** A tree that has not used more than it does now. */
    public TreeMemory(long rssBytes) {
        this(rssBytes, rssBytes);
    }
}
