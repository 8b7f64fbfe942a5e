package dev.simmer.scheduler;

import dev.simmer.model.Stall;

/**
 * The host's memory at one moment, in bytes, and what waits.
 *
 * @param totalBytes what there is
 * @param availableBytes what can be used now; swap in use is taken off
 * @param memoryStall what waits for memory
 * @param ioStall what waits for input and output
 * @param load1 the load average of the last minute; negative where there is none
 */
public record HostReading(
        long totalBytes, long availableBytes, Stall memoryStall, Stall ioStall, double load1) {
    public HostReading {
        if (totalBytes < 0 || availableBytes < 0) {
            throw new IllegalArgumentException("memory is not negative");
        }
    }

    /** A host on which nothing waits. */
    public HostReading(long totalBytes, long availableBytes) {
        this(totalBytes, availableBytes, Stall.NONE, Stall.NONE, -1);
    }
}
