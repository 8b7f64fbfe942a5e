package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import java.util.OptionalLong;

/**
 * The attempt that runs.
 *
 * @param id which
 * @param admittedAt when it was decided to start it
 * @param startedAt when its process was started
 * @param rssBytes what its process tree used when it was last looked at
 * @param alone whether it was let in although its memory does not fit
 */
public record Attempt(
        AttemptId id, long admittedAt, OptionalLong startedAt, long rssBytes, boolean alone) {
    Attempt started(long at) {
        return new Attempt(id, admittedAt, OptionalLong.of(at), rssBytes, alone);
    }

    Attempt using(long bytes) {
        return new Attempt(id, admittedAt, startedAt, bytes, alone);
    }
}
