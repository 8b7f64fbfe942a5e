package dev.simmer.supervisor;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.ViewJson;
import dev.simmer.model.HostView;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a subscription has told a client so far. For one thread. */
final class Mirror {
    private final TreeMap<Long, TaskView> tasks = new TreeMap<>();
    private HostView host = HostView.UNKNOWN;
    private List<WorkspaceView> workspaces = List.of();

    /**
     * Takes what has changed.
     *
     * @return the state, where this was the last part of it; else null
     */
    @Nullable Snapshot take(JsonMembers changes) throws JsonFault {
        if (changes.flag("whole", false)) {
            tasks.clear();
        }
        for (TaskView task : changes.list("tasks", ViewJson::task)) {
            tasks.put(task.id().value(), task);
        }
        for (long id : changes.wholes("removed")) {
            tasks.remove(id);
        }
        if (changes.has("host")) {
            host = changes.read("host", ViewJson::host);
        }
        if (changes.has("workspaces")) {
            workspaces = changes.list("workspaces", ViewJson::workspace);
        }
        if (changes.flag("more", false)) {
            return null;
        }
        return new Snapshot(
                changes.whole("version"),
                changes.momentIfAny("at_ms").orElse(Instant.EPOCH),
                host,
                new ArrayList<>(tasks.values()),
                workspaces,
                changes.textIfAny("trouble"));
    }
}
