package dev.simmer.scheduler;

import dev.simmer.model.Limits;

/**
 * What holds for the tasks of a workspace.
 *
 * @param limits what may run at once
 * @param failFast whether the first failure ends the others
 * @param session the name of the set of tasks that the workspace has now; empty for one without a
 *     name
 */
public record WorkspaceRules(Limits limits, boolean failFast, String session) {
    /** Before anybody has said anything. */
    static final WorkspaceRules DEFAULT = new WorkspaceRules(Limits.DEFAULT, false, "");

    WorkspaceRules in(String other) {
        return new WorkspaceRules(limits, failFast, other);
    }
}
