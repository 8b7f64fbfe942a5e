package dev.simmer.engine.ports;

/**
 * What an attempt's process tree uses.
 *
 * @param mainPid the main process; 0 where it is not known yet
 * @param processes how many processes the tree has
 * @param cpu share of one core since the sample before
 * @param rssBytes resident memory, pages that processes share counted once where that matters
 * @param peakBytes the most that it is known to have used since the sample before, not less than
 *     {@code rssBytes}
 */
public record UsageSample(long mainPid, int processes, double cpu, long rssBytes, long peakBytes) {
    /** A tree whose peak was not seen apart. */
    public UsageSample(long mainPid, int processes, double cpu, long rssBytes) {
        this(mainPid, processes, cpu, rssBytes, rssBytes);
    }
}
