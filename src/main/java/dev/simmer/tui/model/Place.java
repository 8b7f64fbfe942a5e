package dev.simmer.tui.model;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.WorkspaceId;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the dashboard was opened.
 *
 * @param name the workspace's name for people
 * @param workspace the folder; spawned commands start there
 * @param limits what its tasks may do at once
 * @param environment what spawned commands inherit
 * @param interactive why a command would wait for a person who is not there; empty for one that
 *     would not. Always the same answer for the same command
 * @param groups the groups of the workspace's tasks
 * @param zone in which moments are shown
 */
public record Place(
        String name,
        WorkspaceId workspace,
        Limits limits,
        CallerEnvironment environment,
        Function<Command, Optional<String>> interactive,
        Groups groups,
        ZoneId zone) {}
