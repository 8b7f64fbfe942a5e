package dev.simmer.engine.ports;

import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Need;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.util.List;

/**
 * A task as it is saved.
 *
 * @param id its number
 * @param spec what it is
 * @param needs its needs, resolved
 * @param expected what it will need at its peak
 * @param state what is true of it
 * @param attempts how many attempts have begun, ever
 * @param repeats retries or restarts in a row
 * @param started whether an attempt's process has been started since somebody last started the task
 * @param ended attempts that have ended, oldest first
 * @param owed signals that were decided on and may not have been sent, in their order
 */
public record StoredTask(
        TaskId id,
        TaskSpec spec,
        List<StoredNeed> needs,
        MemoryEstimate expected,
        StoredState state,
        int attempts,
        int repeats,
        boolean started,
        List<StoredAttempt> ended,
        List<Signal> owed) {
    public StoredTask {
        needs = List.copyOf(needs);
        ended = List.copyOf(ended);
        owed = List.copyOf(owed);
    }

    /**
     * A need whose task is known.
     *
     * @param task the task that is needed
     * @param name what it is called in the task file
     * @param condition what must be true of it
     */
    public record StoredNeed(TaskId task, String name, Need.Condition condition) {}
}
