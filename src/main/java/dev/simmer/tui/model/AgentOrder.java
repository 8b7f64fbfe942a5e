package dev.simmer.tui.model;

import dev.simmer.model.Need;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is wanted of an agent.
 *
 * @param definition the definition's name
 * @param task what it is to do
 * @param files that it is to look at
 * @param session the session file that it is entered in
 * @param worktree whether it works in a worktree of its own; empty: as its definition says
 * @param needs what must be true of other tasks first
 * @param memory its expected peak, in bytes
 */
public record AgentOrder(
        String definition,
        String task,
        List<String> files,
        Optional<String> session,
        Optional<Boolean> worktree,
        List<Need> needs,
        OptionalLong memory) {
    public AgentOrder {
        files = List.copyOf(files);
        needs = List.copyOf(needs);
    }
}
