package dev.simmer.model;

/**
 * What a task's process tree is expected to need at its peak.
 *
 * @param bytes resident memory, not negative
 * @param source where the figure comes from
 */
public record MemoryEstimate(long bytes, MemorySource source) {
    public MemoryEstimate {
        if (bytes < 0) {
            throw new IllegalArgumentException("expected memory is not negative: " + bytes);
        }
    }
}
