package dev.simmer.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that there is to see, at one moment; immutable.
 *
 * @param version grows with every snapshot of one engine
 * @param at when it was made
 * @param host the host's memory and load
 * @param tasks in the order of their ids
 * @param workspaces in the order of their folders
 * @param trouble what keeps the engine from going on, such as a full disk, and what to do; else
 *     what the user should know of how it began, such as a database that was set aside; else empty
 */
public record Snapshot(
        long version,
        Instant at,
        HostView host,
        List<TaskView> tasks,
        List<WorkspaceView> workspaces,
        Optional<String> trouble) {
    /** The trouble of an engine whose supervisor was stopped by somebody: it waits for a wish. */
    public static final String STOPPED =
            "the supervisor was stopped; its tasks go on. Press Enter to start it again";

    /** Before an engine has said anything. */
    public static final Snapshot EMPTY =
            new Snapshot(
                    0, Instant.EPOCH, HostView.UNKNOWN, List.of(), List.of(), Optional.empty());

    public Snapshot {
        tasks = List.copyOf(tasks);
        workspaces = List.copyOf(workspaces);
    }

    /** The workspace with this folder. */
    public Optional<WorkspaceView> workspace(WorkspaceId id) {
        return workspaces.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The task with this id. */
    public Optional<TaskView> task(TaskId id) {
        int low = 0;
        int high = tasks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = tasks.get(middle).id().compareTo(id);
            if (order == 0) {
                return Optional.of(tasks.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
