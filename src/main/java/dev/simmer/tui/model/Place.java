package dev.simmer.tui.model;

import dev.simmer.model.Limits;
import dev.simmer.model.WorkspaceId;

/**
 * Where the dashboard was opened.
 *
 * @param name the workspace's name for people
 * @param workspace the folder; spawned commands start there
 * @param limits what its tasks may do at once
 */
public record Place(String name, WorkspaceId workspace, Limits limits) {}
