package dev.simmer.scheduler;

/**
 * The host's memory at one moment, in bytes.
 *
 * @param totalBytes what there is
 * @param availableBytes what can be used now
 */
public record HostReading(long totalBytes, long availableBytes) {
    public HostReading {
        if (totalBytes < 0 || availableBytes < 0) {
            throw new IllegalArgumentException("memory is not negative");
        }
    }
}
