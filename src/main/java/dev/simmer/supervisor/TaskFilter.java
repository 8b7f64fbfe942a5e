package dev.simmer.supervisor;

import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tasks a client wants to hear of: those that meet every part.
 *
 * @param ids these only; empty: whatever their ids are
 * @param workspace this workspace's only
 * @param newestEnded of those that have ended only so many, the newest; a subscription has none
 */
public record TaskFilter(
        Set<TaskId> ids, Optional<WorkspaceId> workspace, OptionalInt newestEnded) {
    /** Every task. */
    public static final TaskFilter ALL =
            new TaskFilter(Set.of(), Optional.empty(), OptionalInt.empty());

    public TaskFilter {
        ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
        if (newestEnded.isPresent() && newestEnded.getAsInt() < 0) {
            throw new IllegalArgumentException("a number of tasks is not negative");
        }
    }

    /** These tasks. */
    public static TaskFilter of(Set<TaskId> ids) {
        return new TaskFilter(ids, Optional.empty(), OptionalInt.empty());
    }

    /** A workspace's tasks. */
    public static TaskFilter of(WorkspaceId workspace) {
        return new TaskFilter(Set.of(), Optional.of(workspace), OptionalInt.empty());
    }

    /** Everything that has not ended, and the newest of what has. */
    public static TaskFilter newestEnded(int most) {
        return new TaskFilter(Set.of(), Optional.empty(), OptionalInt.of(most));
    }

    /** Whether a task's id and workspace are as they must be. */
    boolean passes(TaskView task) {
        return (ids.isEmpty() || ids.contains(task.id()))
                && (workspace.isEmpty() || workspace.get().equals(task.spec().workspace()));
    }
}
