package dev.simmer.scheduler;

import dev.simmer.model.Backoff;
import dev.simmer.model.Kind;
import dev.simmer.model.Outcome;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.StartFailure;
import java.util.Optional;

/** Whether an ended attempt is followed by another: retries of jobs, restarts of services. */
final class Repeats {
    /** A service that has been well for this long has its count of restarts forgotten. */
    static final long HEALTHY_MILLIS = 60_000;

    /**
     * Another attempt.
     *
     * @param number which repetition in a row it is, from 1
     * @param delayMillis the time until then
     */
    record Repeat(int number, long delayMillis) {}

    private Repeats() {}

    /**
     * The repetition that follows, if one does.
     *
     * @param outcome how the attempt ended by itself or by a time limit
     */
    static Optional<Repeat> after(
            Task task, Outcome outcome, boolean outputMatched, double jitter) {
        return task.spec().kind() == Kind.SERVICE
                ? restart(task, outcome, jitter)
                : retry(task, outcome, outputMatched, jitter);
    }

    /**
     * The task with its restarts forgotten, where it is a service that was well for long enough.
     */
    static Task rested(Task task, long wellMillis) {
        return task.spec().kind() == Kind.SERVICE && wellMillis >= HEALTHY_MILLIS
                ? task.repeating(0)
                : task;
    }

    private static Optional<Repeat> restart(Task task, Outcome outcome, double jitter) {
        RestartPolicy policy = task.spec().restart();
        boolean wanted =
                switch (policy.on()) {
                    case NEVER -> false;
                    case FAILURE -> outcome.phase().failed();
                    case ALWAYS -> true;
                };
        return wanted && curable(outcome)
                ? next(task.repeats(), policy.max(), policy.backoff(), jitter)
                : Optional.empty();
    }

    private static Optional<Repeat> retry(
            Task task, Outcome outcome, boolean outputMatched, double jitter) {
        RetryPolicy policy = task.spec().retry();
        boolean any = policy.onExit().isEmpty() && policy.onOutput().isEmpty();
        boolean codeMatched =
                outcome.exitCode().isPresent()
                        && policy.onExit().contains(outcome.exitCode().getAsInt());
        boolean wanted = outcome.phase().failed() && (any || codeMatched || outputMatched);
        return wanted && curable(outcome)
                ? next(task.repeats(), policy.max(), policy.backoff(), jitter)
                : Optional.empty();
    }

    private static Optional<Repeat> next(int before, int max, Backoff backoff, double jitter) {
        int number = before + 1;
        return number <= max
                ? Optional.of(new Repeat(number, backoff.delayMillis(number, jitter)))
                : Optional.empty();
    }

    /** A command that does not exist will not exist at the next attempt either. */
    private static boolean curable(Outcome outcome) {
        if (!(outcome instanceof Outcome.NotStarted notStarted)) {
            return true;
        }
        StartFailure.Cause cause = notStarted.failure().cause();
        return cause == StartFailure.Cause.DISK_FULL || cause == StartFailure.Cause.NO_RESOURCES;
    }
}
