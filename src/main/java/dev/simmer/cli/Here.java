package dev.simmer.cli;

import dev.simmer.config.TaskFileFinder;
import dev.simmer.model.Limits;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import dev.simmer.supervisor.TaskFilter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The workspace that a command is called in. */
final class Here {
    /** Lets no task through: for those who want to know the workspaces only. */
    static final TaskFilter WORKSPACES_ONLY =
            new TaskFilter(
                    Set.of(new TaskId(Long.MAX_VALUE)), Optional.empty(), OptionalInt.empty());

    private Here() {}

    /** The folder of the nearest task file from here upwards, which is not read; else this one. */
    static WorkspaceId of(Surroundings around) {
        Path folder =
                TaskFileFinder.find(around.folder()).map(Path::getParent).orElse(around.folder());
        return new WorkspaceId(folder);
    }

    /** The name of the workspace's present set of tasks. */
    static String session(Snapshot snapshot, WorkspaceId here) {
        return snapshot.workspace(here).map(WorkspaceView::session).orElse("");
    }

    /** What the workspace's tasks may do at once, as far as the supervisor was told. */
    static Limits limits(Snapshot snapshot, WorkspaceId here) {
        return snapshot.workspace(here).map(WorkspaceView::limits).orElse(Limits.DEFAULT);
    }
}
