package dev.simmer.agent.runner;

import dev.simmer.agent.stream.Program;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which model a program is told to use. A model that was asked for on purpose is passed as it is;
 * one that a definition names may be meant for another program, which then would refuse to start.
 *
 * @param name empty: the program's own choice
 * @param note why the definition's model is not used; empty where it is
 */
record ModelChoice(Optional<String> name, Optional<String> note) {
    private static final Set<String> CLAUDE = Set.of("sonnet", "opus", "haiku", "fable");

    static ModelChoice of(Order order, Program program) {
        if (order.model().isPresent()) {
            String model = order.model().get();
            boolean none = model.isBlank() || model.equals("inherit");
            return new ModelChoice(none ? Optional.empty() : order.model(), Optional.empty());
        }
        String model = order.definition().model().orElse("").strip();
        if (model.isEmpty() || model.equals("inherit")) {
            return new ModelChoice(Optional.empty(), Optional.empty());
        }
        String named = program == Program.OPENCODE ? model : model.replaceFirst("^[a-z-]+/", "");
        if (fits(model, named.toLowerCase(Locale.ROOT), program)) {
            return new ModelChoice(Optional.of(named), Optional.empty());
        }
        return new ModelChoice(
                Optional.empty(),
                Optional.of(
                        "the definition's model "
                                + model
                                + " is none of "
                                + program.word()
                                + "'s: its own choice is used; --model names another"));
    }

    private static boolean fits(String model, String name, Program program) {
        return switch (program) {
            case CLAUDE ->
                    CLAUDE.contains(name.replaceFirst("\\[.*", "")) || name.startsWith("claude-");
            case CODEX -> name.startsWith("gpt-") || name.matches("o\\d.*|codex.*");
            case GEMINI -> name.startsWith("gemini-") || name.startsWith("gemma");
            case OPENCODE -> model.indexOf('/') > 0;
            case CURSOR_AGENT -> !CLAUDE.contains(name) && !name.equals("fast");
            case COMMAND -> false;
        };
    }
}
