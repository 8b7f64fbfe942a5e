package dev.simmer.scheduler;

import dev.simmer.model.Limits;

/**
 * What holds for the tasks of a workspace.
 *
 * @param limits what may run at once
 * @param failFast whether the first failure ends the others
 */
public record WorkspaceRules(Limits limits, boolean failFast) {}
