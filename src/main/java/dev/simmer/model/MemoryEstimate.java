package dev.simmer.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a task's process tree is expected to need at its peak.
 *
 * @param bytes resident memory, not negative
 * @param source where the figure comes from
 * @param evidence what earlier attempts of the task have shown, whether or not the figure comes
 *     from it
 * @param kind for a guess the kind of command, such as "type check"; else empty
 * @param endedAt for a raised figure what the attempt used that was ended for want of memory
 */
public record MemoryEstimate(
        long bytes,
        MemorySource source,
        Optional<Evidence> evidence,
        String kind,
        OptionalLong endedAt) {
    public MemoryEstimate {
        if (bytes < 0) {
            throw new IllegalArgumentException("expected memory is not negative: " + bytes);
        }
    }

    /** An estimate of which no more is known. */
    public MemoryEstimate(long bytes, MemorySource source) {
        this(bytes, source, Optional.empty(), "", OptionalLong.empty());
    }

    /** The same with what earlier attempts have shown. */
    public MemoryEstimate with(Optional<Evidence> other) {
        return new MemoryEstimate(bytes, source, other, kind, endedAt);
    }

    /**
     * What earlier attempts have shown.
     *
     * @param runs how many of them count, at least 1
     * @param percentileBytes the 95th percentile of their peaks, the recent ones weighing more
     * @param largestBytes the largest of their peaks
     * @param marginPercent what is added for safety, less the more runs there are
     * @param bytes what is expected by them: the percentile with the margin
     */
    public record Evidence(
            int runs, long percentileBytes, long largestBytes, int marginPercent, long bytes) {}
}
