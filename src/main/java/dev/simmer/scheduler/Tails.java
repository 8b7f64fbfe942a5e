package dev.simmer.scheduler;

import dev.simmer.model.TaskId;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;

/**
 * How long tasks and those that need them will take one after another. The list schedule that takes
 * the longest tail first is never far from the best one (R. L. Graham, Bounds on Multiprocessing
 * Timing Anomalies, 1969), where the one that takes tasks as they come may end with a long task
 * that could have run beside all others.
 */
final class Tails {
    private Tails() {}

    /**
     * The tails of all tasks of which something is known.
     *
     * @param millis how long tasks take by themselves
     */
    static PSortedMap<TaskId, Long> with(State state, Map<TaskId, Long> millis) {
        Map<TaskId, Long> known = new HashMap<>();
        PSortedMap<TaskId, Long> tails = TreePMap.empty();
        for (TaskId id : state.tasks().descendingMap().keySet()) {
            long tail = tail(state, id, millis, known);
            if (tail > 0) {
                tails = tails.plus(id, tail);
            }
        }
        return tails;
    }

    /**
     * The tails with those of some tasks made anew; those of tasks that these need are left as they
     * are.
     *
     * @param millis how long they take by themselves; 0 where that is not known
     */
    static PSortedMap<TaskId, Long> plus(State state, Map<TaskId, Long> millis) {
        Map<TaskId, Long> known = new HashMap<>();
        state.tails()
                .forEach((id, tail) -> {
                    if (!millis.containsKey(id)) {
                        known.put(id, tail);
                    }
                });
        PSortedMap<TaskId, Long> tails = state.tails();
        for (TaskId id : millis.keySet()) {
            tails = tails.plus(id, tail(state, id, millis, known));
        }
        return tails;
    }

    /** Nothing needs itself; those that need a task mostly have larger numbers. */
    private static long tail(
            State state, TaskId id, Map<TaskId, Long> millis, Map<TaskId, Long> known) {
        Long before = known.get(id);
        if (before != null) {
            return before;
        }
        long after = 0;
        PSortedSet<TaskId> dependents = state.dependents().get(id);
        if (dependents != null) {
            for (TaskId dependent : dependents) {
                after = Math.max(after, tail(state, dependent, millis, known));
            }
        }
        long tail = after + Math.max(0, millis.getOrDefault(id, 0L));
        known.put(id, tail);
        return tail;
    }
}
