package dev.simmer.cli;

import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Copies a task's output while it grows, until the task has ended. */
final class Following {
    /** How soon a log is looked at again that has just grown, and one that has not for long. */
    private static final Duration SOON = Duration.ofMillis(10);

    private static final Duration LATER = Duration.ofMillis(100);

    private Following() {}

    /**
     * Follows a task over retries and restarts.
     *
     * @param attempt this attempt only
     * @param leave asked often; ends it
     * @return the task as it was last seen
     */
    static TaskView toTheEnd(
            Watch watch,
            TaskOutput output,
            TaskView task,
            Optional<Integer> attempt,
            BooleanSupplier leave)
            throws CommandRefused, SupervisorFailure, IOException {
        TaskView now = task;
        Duration pause = SOON;
        while (!leave.getAsBoolean()) {
            Optional<Snapshot> news = watch.next(pause);
            if (news.isPresent()) {
                now = WaitCommand.current(List.of(task), news.get()).getFirst();
                if (attempt.isPresent()) {
                    now = only(now, attempt.get());
                }
            }
            boolean moved = output.copy(now);
            if (ended(now, attempt)) {
                return now;
            }
            Duration longer = pause.multipliedBy(2);
            pause = moved ? SOON : longer.compareTo(LATER) < 0 ? longer : LATER;
        }
        return now;
    }

    /** Whether nothing of it will follow. */
    static boolean ended(TaskView task, Optional<Integer> attempt) {
        return task.phase().ended()
                || (attempt.isPresent()
                        && task.attempts().stream().anyMatch(each -> each.outcome().isPresent()));
    }

    /** The task with one of its attempts. */
    static TaskView only(TaskView task, int attempt) {
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                task.reason(),
                task.pid(),
                task.attempts().stream().filter(each -> each.number() == attempt).toList(),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }
}
