package dev.simmer.engine.ports;

import dev.simmer.model.Limits;
import dev.simmer.model.WorkspaceId;

/**
 * A workspace as it is saved.
 *
 * @param id its folder
 * @param limits what its tasks may do at once
 * @param failFast whether the first failure ends the others
 * @param session the name of the set of tasks that it has now; empty for one without a name
 */
public record StoredWorkspace(WorkspaceId id, Limits limits, boolean failFast, String session) {}
