package dev.simmer.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt as faces show it.
 *
 * @param number from 1
 * @param log the attempt's output, which may not exist yet
 * @param startedAt when its process was started; empty where it could not be, or is not yet
 * @param endedAt when it ended; empty while it runs
 * @param outcome how it ended; empty while it runs
 * @param peakRssBytes the most resident memory that was seen of its process tree; 0: never seen
 */
public record AttemptView(
        int number,
        Path log,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Outcome> outcome,
        long peakRssBytes) {}
