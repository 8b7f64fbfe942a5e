package dev.simmer.model;

/**
 * A workspace as faces show it.
 *
 * @param id its folder
 * @param session the name of the set of tasks that it has now; empty for one without a name
 * @param limits what its tasks may do at once
 */
public record WorkspaceView(WorkspaceId id, String session, Limits limits) {}
