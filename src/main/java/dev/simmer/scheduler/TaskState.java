package dev.simmer.scheduler;

import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.StopCause;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is true of a task now. Times are milliseconds of the clock that events carry.
 *
 * <pre>
 * Dormant -> Blocked -> Queued -> Starting -> Running <-> Paused
 *                         ^          |          |           |
 *                         |          +----------+-----+-----+
 *                         |                     v     v
 *                      Backoff <------------ (settled) <- Stopping
 *                                               |
 *                                               v
 *                                             Ended -> Blocked (started or restarted)
 * </pre>
 */
public sealed interface TaskState {
    /** Waits until somebody starts it. */
    record Dormant() implements TaskState {}

    /**
     * Waits for other tasks.
     *
     * @param since when it began to wait
     */
    record Blocked(long since) implements TaskState {}

    /**
     * Its needs are met; waits to be admitted.
     *
     * @param since when its needs were met
     */
    record Queued(long since) implements TaskState {}

    /**
     * Waits before its next attempt.
     *
     * @param until when it queues up again
     * @param last how the attempt before ended
     */
    record Backoff(long until, Outcome last) implements TaskState {}

    /** A process of the task lives, or is about to. */
    sealed interface Active extends TaskState {
        /** The attempt that runs. */
        Attempt attempt();

        /** The same with the attempt replaced. */
        Active with(Attempt attempt);
    }

    /** Its process is being started. */
    record Starting(Attempt attempt) implements Active {
        @Override
        public Starting with(Attempt changed) {
            return new Starting(changed);
        }
    }

    /**
     * Its process runs.
     *
     * @param ready whether it is ready for those that need it
     * @param healthySince since when it has been well: its readiness, or without a probe its start
     * @param timeoutAt when it has run for too long
     * @param readyBy when it must be ready
     */
    record Running(
            Attempt attempt,
            boolean ready,
            long healthySince,
            OptionalLong timeoutAt,
            OptionalLong readyBy)
            implements Active {
        @Override
        public Running with(Attempt changed) {
            return new Running(changed, ready, healthySince, timeoutAt, readyBy);
        }

        /** The same with everything that the clock drives put off. */
        Running later(long millis) {
            return new Running(
                    attempt,
                    ready,
                    healthySince + millis,
                    later(timeoutAt, millis),
                    later(readyBy, millis));
        }

        private static OptionalLong later(OptionalLong time, long millis) {
            return time.isPresent() ? OptionalLong.of(time.getAsLong() + millis) : time;
        }
    }

    /**
     * Its processes are suspended; none of its time limits runs.
     *
     * @param was what it goes on with
     * @param since when it was suspended
     * @param forMemory whether because memory was short: then it goes on by itself when there is
     *     room; else when somebody says so
     */
    record Paused(Running was, long since, boolean forMemory) implements Active {
        /** Suspended by somebody. */
        Paused(Running was, long since) {
            this(was, since, false);
        }

        @Override
        public Attempt attempt() {
            return was.attempt();
        }

        @Override
        public Paused with(Attempt changed) {
            return new Paused(was.with(changed), since, forMemory);
        }
    }

    /**
     * It is being stopped: a signal has been sent, and its processes have not all ended.
     *
     * @param cause why
     * @param killAt when SIGKILL follows
     * @param killed whether SIGKILL has been sent
     * @param exit how the main process ended, once it has
     */
    record Stopping(
            Attempt attempt,
            StopCause cause,
            long killAt,
            boolean killed,
            Optional<ExitStatus> exit)
            implements Active {
        @Override
        public Stopping with(Attempt changed) {
            return new Stopping(changed, cause, killAt, killed, exit);
        }

        Stopping because(StopCause other) {
            return new Stopping(attempt, other, killAt, killed, exit);
        }

        Stopping exited(ExitStatus status) {
            return new Stopping(attempt, cause, killAt, killed, Optional.of(status));
        }

        Stopping nowKilled() {
            return new Stopping(attempt, cause, killAt, true, exit);
        }
    }

    /**
     * It has ended, and goes on only when somebody says so.
     *
     * @param at when
     * @param outcome how
     */
    record Ended(long at, Outcome outcome) implements TaskState {}
}
