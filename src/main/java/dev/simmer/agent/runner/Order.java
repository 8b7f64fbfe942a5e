package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.stream.Program;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is to be run.
 *
 * @param prompt what the agent is to do; without the definition's system prompt
 * @param session the id that the program's session shall have, where it lets one choose
 * @param model by which the definition's model is overridden
 * @param workspace the folder in which it works
 * @param refusedBy programs that do not start on the agent files that lie in the workspace for them
 */
public record Order(
        Definition definition,
        String prompt,
        UUID session,
        Optional<String> model,
        Path workspace,
        Set<Program> refusedBy) {
    /** One whose workspace no program refuses. */
    public Order(
            Definition definition,
            String prompt,
            UUID session,
            Optional<String> model,
            Path workspace) {
        this(definition, prompt, session, model, workspace, Set.of());
    }

    public Order {
        refusedBy = Set.copyOf(refusedBy);
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("the prompt is empty");
        }
    }
}
