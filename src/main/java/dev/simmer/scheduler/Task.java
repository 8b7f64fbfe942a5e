package dev.simmer.scheduler;

import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.util.List;
import org.pcollections.PVector;

/**
 * A task as the scheduler knows it.
 *
 * @param id its number
 * @param spec what it is
 * @param needs its needs, resolved
 * @param expected what it will need at its peak
 * @param state what is true of it now
 * @param attempts how many attempts have begun, ever
 * @param repeats retries or restarts in a row since it was last started by somebody, or well
 * @param started whether an attempt's process has been started since somebody last started the task
 * @param history the newest ended attempts, oldest first
 */
public record Task(
        TaskId id,
        TaskSpec spec,
        List<ResolvedNeed> needs,
        MemoryEstimate expected,
        TaskState state,
        int attempts,
        int repeats,
        boolean started,
        PVector<PastAttempt> history) {
    /** What its process tree uses now. */
    public long usedBytes() {
        return state instanceof TaskState.Active active ? active.attempt().rssBytes() : 0;
    }

    /** What it is expected to need and does not use yet. */
    public long unusedBytes() {
        return Math.max(0, expected.bytes() - usedBytes());
    }

    Task in(TaskState changed) {
        return new Task(id, spec, needs, expected, changed, attempts, repeats, started, history);
    }

    Task admitted(TaskState.Starting starting) {
        return new Task(
                id, spec, needs, expected, starting, attempts + 1, repeats, started, history);
    }

    Task repeating(int times) {
        return new Task(id, spec, needs, expected, state, attempts, times, started, history);
    }

    Task started(boolean value) {
        return new Task(id, spec, needs, expected, state, attempts, repeats, value, history);
    }

    /** The same task as it is described now. */
    Task described(TaskSpec other, List<ResolvedNeed> resolved, MemoryEstimate estimate) {
        return new Task(id, other, resolved, estimate, state, attempts, repeats, started, history);
    }

    Task expecting(MemoryEstimate estimate) {
        return described(spec, needs, estimate);
    }

    /** The same task with a description that differs in words only. */
    Task described(TaskSpec other) {
        return described(other, needs, expected);
    }

    Task remembering(PVector<PastAttempt> past) {
        return new Task(id, spec, needs, expected, state, attempts, repeats, started, past);
    }
}
