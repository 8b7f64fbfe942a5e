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
 * @param transcript an agent's output made readable, which may not exist yet; empty for all else
 * @param agent what is known of an agent's attempt; empty for all else
 */
public record AttemptView(
        int number,
        Path log,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Outcome> outcome,
        long peakRssBytes,
        Optional<Path> transcript,
        Optional<AgentRun> agent) {
    /** One that is no agent's. */
    public AttemptView(
            int number,
            Path log,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<Outcome> outcome,
            long peakRssBytes) {
        this(
                number,
                log,
                startedAt,
                endedAt,
                outcome,
                peakRssBytes,
                Optional.empty(),
                Optional.empty());
    }

    /** The file that people read: an agent's transcript, else the output as it is. */
    public Path shown() {
        return transcript.orElse(log);
    }
}
