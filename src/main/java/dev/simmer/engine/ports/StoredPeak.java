package dev.simmer.engine.ports;

import dev.simmer.model.Phase;

/**
 * What is remembered of an attempt that has ended, under what its task was.
 *
 * @param peakBytes the most resident memory of its process tree; 0: never seen
 * @param durationMillis how long it ran
 * @param phase how it ended
 * @param forMemory whether it was ended for want of memory, so that it would have used more
 */
public record StoredPeak(long peakBytes, long durationMillis, Phase phase, boolean forMemory) {}
