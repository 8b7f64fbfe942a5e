package dev.simmer.scheduler;

import dev.simmer.model.Outcome;
import java.util.OptionalLong;

/**
 * An attempt that has ended.
 *
 * @param number from 1
 * @param startedAt when its process was started; empty where it could not be
 * @param endedAt when it ended
 * @param outcome how
 */
public record PastAttempt(int number, OptionalLong startedAt, long endedAt, Outcome outcome) {}
