package dev.simmer.engine.ports;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.ExitStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an attempt's main process ended.
 *
 * @param status what it ended with
 * @param leftovers how many other processes of the attempt still live
 * @param endedAt when it ended, where that was not just now
 * @param peakBytes the most resident memory that the kernel remembers of one of its processes, or
 *     of its control group; 0 where it does not tell
 * @param outOfMemory whether the kernel killed one of its processes for want of memory; where the
 *     status is 0 the attempt went on without that process
 * @param doubtful whether that holds only if it has used much memory: its end looks like it, and
 *     the kernel has killed some process, which may have been another one
 * @param limitBytes the hard memory limit of its own control group, where it had one
 * @param agent what is known of an agent's run, its verdict included; empty for all else
 */
public record Ending(
        ExitStatus status,
        int leftovers,
        Optional<Instant> endedAt,
        long peakBytes,
        boolean outOfMemory,
        boolean doubtful,
        OptionalLong limitBytes,
        Optional<AgentEnding> agent) {
    /** An end that is no agent's. */
    public Ending(
            ExitStatus status,
            int leftovers,
            Optional<Instant> endedAt,
            long peakBytes,
            boolean outOfMemory,
            boolean doubtful,
            OptionalLong limitBytes) {
        this(
                status,
                leftovers,
                endedAt,
                peakBytes,
                outOfMemory,
                doubtful,
                limitBytes,
                Optional.empty());
    }

    /** An end of which it is certain whether memory was the cause. */
    public Ending(
            ExitStatus status,
            int leftovers,
            Optional<Instant> endedAt,
            long peakBytes,
            boolean outOfMemory,
            OptionalLong limitBytes) {
        this(status, leftovers, endedAt, peakBytes, outOfMemory, false, limitBytes);
    }

    /** An end of which the kernel remembers no more. */
    public Ending(ExitStatus status, int leftovers, Optional<Instant> endedAt) {
        this(status, leftovers, endedAt, 0, false, OptionalLong.empty());
    }

    /** The same as an agent's end. */
    public Ending of(AgentEnding ended) {
        return new Ending(
                status,
                leftovers,
                endedAt,
                peakBytes,
                outOfMemory,
                doubtful,
                limitBytes,
                Optional.of(ended));
    }
}
