package dev.simmer.cli;

import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.util.List;

/** Hands one task to the supervisor, as {@code run} and {@code agent run} do. */
final class OneTask {
    private OneTask() {}

    /**
     * Hands it over, with what its command line says of the tasks that it follows ({@code --after})
     * and of its name ({@code --name}); without one it gets the next free number behind its name.
     */
    static TaskId spawn(Call call, TaskSpec.Builder spec) throws CommandRefused, SupervisorFailure {
        Words words = call.words();
        boolean named = words.has("--name");
        TaskSpec begun = spec.build();
        WorkspaceId here = begun.workspace();
        try (Connection connection = call.supervisor().connect()) {
            List<String> after = words.texts("--after");
            Snapshot snapshot =
                    connection.snapshot(
                            after.isEmpty() ? Here.WORKSPACES_ONLY : TaskFilter.of(here));
            After needs = new After(here);
            needs.add(spec, snapshot, after);
            if (!named) {
                spec.name(needs.free(snapshot, begun.name()));
            }
            Request.Spawn request =
                    new Request.Spawn(
                            List.of(spec.build()),
                            Here.limits(snapshot, here),
                            false,
                            named ? Request.Existing.REFUSE : Request.Existing.NUMBER);
            return Acting.ask(connection, request).getFirst();
        }
    }
}
