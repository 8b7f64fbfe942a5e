package dev.simmer.engine.ports;

import java.util.List;

/**
 * All that a store holds.
 *
 * @param tasks in the order of their ids, each with the newest attempts that have ended
 * @param workspaces in the order of their folders
 * @param lastTaskId the largest number that a task ever had; 0 before the first
 * @param marks how the engine's time stood to the machine's, oldest first: a new mark wherever the
 *     two had moved against one another, by a suspended machine, a clock that was set, or a new
 *     start
 */
public record Stored(
        List<StoredTask> tasks,
        List<StoredWorkspace> workspaces,
        long lastTaskId,
        List<ClockMark> marks) {
    /** An empty store. */
    public static final Stored NOTHING = new Stored(List.of(), List.of(), 0, List.of());

    public Stored {
        tasks = List.copyOf(tasks);
        workspaces = List.copyOf(workspaces);
        marks = List.copyOf(marks);
    }
}
