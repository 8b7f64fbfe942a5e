package dev.simmer.engine.ports;

import dev.simmer.model.Outcome;
import java.util.OptionalLong;

/**
 * An attempt that has ended, as it is saved. Times are the engine's.
 *
 * @param number from 1
 * @param startedAt when its process was started; empty where it could not be
 * @param endedAt when it ended
 * @param outcome how
 * @param peakRssBytes the most resident memory that was seen of its process tree; 0: never seen
 */
public record StoredAttempt(
        int number, OptionalLong startedAt, long endedAt, Outcome outcome, long peakRssBytes) {}
