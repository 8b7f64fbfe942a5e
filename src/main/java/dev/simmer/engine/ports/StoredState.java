package dev.simmer.engine.ports;

import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.StopCause;
import java.util.Optional;
import java.util.OptionalLong;

/** What is true of a task, as it is saved. Times are milliseconds of the engine's clock. */
public sealed interface StoredState {
    /** Waits until somebody starts it. */
    record Dormant() implements StoredState {}

    /** Waits for other tasks. */
    record Blocked(long since) implements StoredState {}

    /** Waits to be admitted. */
    record Queued(long since) implements StoredState {}

    /** Waits before its next attempt. */
    record Backoff(long until, Outcome last) implements StoredState {}

    /** Its process is being started. */
    record Starting(Active attempt) implements StoredState {}

    /** Its process runs. */
    record Running(Active attempt, Progress progress) implements StoredState {}

    /**
     * Its processes are suspended.
     *
     * @param forMemory whether because memory was short
     */
    record Paused(Active attempt, Progress progress, long since, boolean forMemory)
            implements StoredState {}

    /** It is being stopped. */
    record Stopping(
            Active attempt, StopCause cause, long killAt, boolean killed, Optional<ExitStatus> exit)
            implements StoredState {}

    /** It has ended. */
    record Ended(long at, Outcome outcome) implements StoredState {}

    /**
     * The attempt that runs.
     *
     * @param number which
     * @param admittedAt when it was decided to start it
     * @param startedAt when its process was started
     * @param rssBytes what its process tree used when the task was last saved
     * @param peakRssBytes the most that was seen of it
     * @param alone whether it was let in although its memory does not fit
     */
    record Active(
            int number,
            long admittedAt,
            OptionalLong startedAt,
            long rssBytes,
            long peakRssBytes,
            boolean alone) {}

    /**
     * How far it has come, and by when it must have come further.
     *
     * @param ready whether it is ready for those that need it
     * @param healthySince since when it has been well
     * @param timeoutAt when it has run for too long
     * @param readyBy when it must be ready
     */
    record Progress(
            boolean ready, long healthySince, OptionalLong timeoutAt, OptionalLong readyBy) {}
}
