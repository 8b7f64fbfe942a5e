package dev.simmer.engine.ports;

import dev.simmer.model.TaskId;
import java.util.List;

/**
 * News to save together.
 *
 * @param tasks each task that has changed, as it is now; of its attempts only those that have ended
 *     since it was saved last
 * @param forgotten tasks that are to be removed, with their attempts
 * @param workspaces each workspace that has changed, as it is now
 * @param lastTaskId the largest number that a task ever had
 * @param clock how the engine's time stands to the machine's
 */
public record Batch(
        List<StoredTask> tasks,
        List<TaskId> forgotten,
        List<StoredWorkspace> workspaces,
        long lastTaskId,
        ClockMark clock) {
    public Batch {
        tasks = List.copyOf(tasks);
        forgotten = List.copyOf(forgotten);
        workspaces = List.copyOf(workspaces);
    }
}
