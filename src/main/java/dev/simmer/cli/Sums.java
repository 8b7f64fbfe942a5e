package dev.simmer.cli;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums over tasks.
 *
 * @param tasks how many there are
 * @param states how many there are in each state that any is in, in the order of the states
 * @param attempts how many were begun
 * @param retries attempts after a task's first
 * @param failures attempts that failed
 * @param run how long the attempts of jobs and agents ran, added up
 * @param elapsed how long any of them ran
 * @param services how long services ran, added up
 * @param peakBytes the most memory that one attempt was seen to need; 0: never seen
 */
record Sums(
        int tasks,
        Map<String, Integer> states,
        int attempts,
        int retries,
        int failures,
        Duration run,
        Duration elapsed,
        Duration services,
        long peakBytes) {
    Sums {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** A time in which an attempt ran. */
    private record Span(Instant from, Instant to) {}

    /** How much longer it would have taken one after the other. */
    Duration saved() {
        return run.minus(elapsed);
    }

    /** Adds up; an attempt that runs counts up to now. */
    static Sums of(List<TaskView> tasks, Instant now) {
        Map<dev.simmer.model.Phase, Integer> states =
                new java.util.EnumMap<>(dev.simmer.model.Phase.class);
        List<Span> spans = new ArrayList<>();
        int attempts = 0;
        int retries = 0;
        int failures = 0;
        Duration run = Duration.ZERO;
        Duration services = Duration.ZERO;
        long peak = 0;
        for (TaskView task : tasks) {
            states.merge(task.phase(), 1, Integer::sum);
            attempts += task.attempt();
            retries += Math.max(0, task.attempt() - 1);
            for (AttemptView attempt : task.attempts()) {
                Duration took = TaskJson.took(attempt, now);
                peak = Math.max(peak, attempt.peakRssBytes());
                boolean failed =
                        attempt.outcome().filter(each -> each.phase().failed()).isPresent();
                failures += failed ? 1 : 0;
                if (task.spec().kind() == Kind.SERVICE) {
                    services = services.plus(took);
                } else {
                    run = run.plus(took);
                    attempt.startedAt()
                            .ifPresent(from -> spans.add(new Span(from, from.plus(took))));
                }
            }
        }
        Map<String, Integer> words = new LinkedHashMap<>();
        states.forEach((phase, count) -> words.put(phase.word(), count));
        return new Sums(
                tasks.size(),
                words,
                attempts,
                retries,
                failures,
                run,
                union(spans),
                services,
                peak);
    }

    private static Duration union(List<Span> spans) {
        spans.sort(Comparator.comparing(Span::from));
        Duration whole = Duration.ZERO;
        Instant reached = Instant.MIN;
        for (Span span : spans) {
            Instant from = span.from().isAfter(reached) ? span.from() : reached;
            if (span.to().isAfter(from)) {
                whole = whole.plus(Duration.between(from, span.to()));
                reached = span.to();
            }
        }
        return whole;
    }
}
