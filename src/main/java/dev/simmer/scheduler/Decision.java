package dev.simmer.scheduler;

import dev.simmer.model.Reply;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from an event.
 *
 * @param state the new state
 * @param effects what to do, in this order
 * @param reply the answer, where the event was somebody's request
 * @param news what has to be saved before anything of it is done
 */
public record Decision(State state, List<Effect> effects, Optional<Reply> reply, News news) {
    public Decision {
        effects = List.copyOf(effects);
    }

    /**
     * How a state differs from the one before, as far as that is worth saving: what tasks use at
     * the moment is not.
     *
     * @param tasks tasks that are new or have changed
     * @param forgotten tasks that are no more
     * @param workspaces workspaces whose rules have changed
     */
    public record News(Set<TaskId> tasks, Set<TaskId> forgotten, Set<WorkspaceId> workspaces) {
        /** Nothing to save. */
        public static final News NONE = new News(Set.of(), Set.of(), Set.of());
    }
}
