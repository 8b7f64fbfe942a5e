package dev.simmer.scheduler;

import dev.simmer.model.AgentRun;
import dev.simmer.model.Outcome;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An attempt that has ended.
 *
 * @param number from 1
 * @param startedAt when its process was started; empty where it could not be
 * @param endedAt when it ended
 * @param outcome how
 * @param peakRssBytes the most resident memory that was seen of its process tree; 0: never seen
 * @param agent what is known of an agent's attempt; empty for all else
 */
public record PastAttempt(
        int number,
        OptionalLong startedAt,
        long endedAt,
        Outcome outcome,
        long peakRssBytes,
        Optional<AgentRun> agent) {
    /** One that is no agent's. */
    public PastAttempt(
            int number, OptionalLong startedAt, long endedAt, Outcome outcome, long peakRssBytes) {
        this(number, startedAt, endedAt, outcome, peakRssBytes, Optional.empty());
    }
}
