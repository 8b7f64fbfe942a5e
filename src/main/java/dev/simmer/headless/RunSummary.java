package dev.simmer.headless;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A run that has ended.
 *
 * @param name the workspace's name
 * @param outcome how it ended
 * @param startedAt when it began
 * @param took how long it took
 * @param rows one a task, in the order of the tasks' ids
 */
record RunSummary(
        String name, RunOutcome outcome, Instant startedAt, Duration took, List<Row> rows) {
    /** What became of a service that Simmer stopped: it has not failed, and was not killed. */
    static final String STOPPED = "stopped";

    RunSummary {
        rows = List.copyOf(rows);
    }

    /**
     * A task of the run.
     *
     * @param task its name, which may hold any character
     * @param outcome how it ended; empty where its end was not waited for
     * @param attempts how often it was executed
     * @param took from its first start to its end; empty where it never started
     * @param peakBytes the most resident memory that was seen of it; 0 where none was
     * @param log its last attempt's output
     * @param shown the same as people read it
     * @param agent what is known of its last attempt, where it is an agent's
     */
    record Row(
            String task,
            Kind kind,
            Optional<Outcome> outcome,
            int attempts,
            Optional<Duration> took,
            long peakBytes,
            Optional<Path> log,
            Optional<Path> shown,
            Optional<AgentRun> agent) {

        /** The state in a word. */
        String word() {
            if (outcome.isEmpty()) {
                return "unfinished";
            }
            return stoppedService(kind, outcome.get()) ? STOPPED : outcome.get().phase().word();
        }

        /** Why it ended so; empty where there is nothing to say. */
        String reason() {
            return outcome.isEmpty() || word().equals(STOPPED) ? "" : outcome.get().reason();
        }

        /** Whether it makes the run fail. */
        boolean failed() {
            return outcome.isEmpty()
                    || switch (outcome.get().phase()) {
                        case FAILED, TIMED_OUT, LOST, SKIPPED -> true;
                        case KILLED -> kind.endsByItself();
                        case SUCCEEDED,
                                WAITING,
                                STARTING,
                                RUNNING,
                                READY,
                                PAUSED,
                                STOPPING,
                                BACKOFF ->
                                false;
                    };
        }
    }

    /** Whether it is a service that Simmer stopped. */
    static boolean stoppedService(Kind kind, Outcome outcome) {
        return kind == Kind.SERVICE && outcome.phase() == Phase.KILLED;
    }

    /** A row for each task. */
    static List<Row> rows(List<TaskView> tasks, ToLongFunction<TaskView> peakBytes) {
        List<Row> rows = new ArrayList<>();
        for (TaskView task : tasks) {
            rows.add(
                    new Row(
                            task.name(),
                            task.spec().kind(),
                            task.outcome(),
                            task.attempt(),
                            took(task),
                            peakBytes.applyAsLong(task),
                            task.log(),
                            task.shownLog(),
                            task.agent()));
        }
        return rows;
    }

    private static Optional<Duration> took(TaskView task) {
        Optional<Instant> first =
                task.attempts().stream()
                        .map(AttemptView::startedAt)
                        .flatMap(Optional::stream)
                        .findFirst();
        if (first.isEmpty() || task.endedAt().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(positive(Duration.between(first.get(), task.endedAt().get())));
    }

    /** How long an attempt ran; zero where it never started. */
    static Duration took(AttemptView attempt) {
        if (attempt.startedAt().isEmpty() || attempt.endedAt().isEmpty()) {
            return Duration.ZERO;
        }
        return positive(Duration.between(attempt.startedAt().get(), attempt.endedAt().get()));
    }

    /** The wall clock may be set back while a task runs. */
    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
