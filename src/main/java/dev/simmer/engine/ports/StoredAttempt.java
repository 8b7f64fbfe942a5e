package dev.simmer.engine.ports;

import dev.simmer.model.AgentRun;
import dev.simmer.model.Outcome;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An attempt that has ended, as it is saved. Times are the engine's.
 *
 * @param number from 1
 * @param startedAt when its process was started; empty where it could not be
 * @param endedAt when it ended
 * @param outcome how
 * @param peakRssBytes the most resident memory that was seen of its process tree; 0: never seen
 * @param forMemory whether it would have used more: it was ended for want of memory, or the kernel
 *     killed a process of it for that; nobody is told when it is read again
 * @param agent what is known of an agent's attempt; empty for all else
 */
public record StoredAttempt(
        int number,
        OptionalLong startedAt,
        long endedAt,
        Outcome outcome,
        long peakRssBytes,
        boolean forMemory,
        Optional<AgentRun> agent) {
    /** One that is no agent's. */
    public StoredAttempt(
            int number,
            OptionalLong startedAt,
            long endedAt,
            Outcome outcome,
            long peakRssBytes,
            boolean forMemory) {
        this(number, startedAt, endedAt, outcome, peakRssBytes, forMemory, Optional.empty());
    }

    /** One whose outcome tells all. */
    public StoredAttempt(
            int number, OptionalLong startedAt, long endedAt, Outcome outcome, long peakRssBytes) {
        this(number, startedAt, endedAt, outcome, peakRssBytes, outcome.forMemory());
    }
}
