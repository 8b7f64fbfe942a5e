package dev.simmer.model;

import java.util.List;

/** An engine's answer to a {@link Request}. */
public sealed interface Reply {
    /**
     * It was taken up.
     *
     * @param ids the tasks that it changes; for a spawn the new tasks in the order of the request
     */
    record Accepted(List<TaskId> ids) implements Reply {
        public Accepted {
            ids = List.copyOf(ids);
        }
    }

    /** Why a task is in its state. */
    record Explained(Explanation explanation) implements Reply {}

    /**
     * It was not taken up, and nothing changed.
     *
     * @param why what is wrong and what would be right
     */
    record Refused(String why) implements Reply {}
}
