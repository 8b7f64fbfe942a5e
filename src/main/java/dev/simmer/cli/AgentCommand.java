package dev.simmer.cli;

import dev.simmer.config.DidYouMean;
import dev.simmer.logs.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code simmer agent}: agents, by a second word. */
final class AgentCommand implements Verb {
    static final String NAME = "agent";

    static final List<String> ACTIONS = List.of("list", "show", "run");

    /** The command of a second word; empty where there is none. */
    static Optional<Verb> below(String word) {
        return switch (word) {
            case "list", "ls" -> Optional.of(new AgentListCommand());
            case "show" -> Optional.of(new AgentShowCommand());
            case "run" -> Optional.of(new AgentRunCommand());
            default -> Optional.empty();
        };
    }

    /** Has the options of all of them, for completion; each has a help of its own. */
    @Override
    public Usage usage() {
        Usage.Builder usage =
                Usage.of("simmer agent", "agents: the definitions there are, and runs of them")
                        .about(
                                "An agent is a definition, a Markdown file that says what it is for"
                                        + " and may do, that a",
                                "coding-agent program on this machine is run with, in the"
                                        + " background as any task.",
                                "",
                                "  list  the definitions, the skills and the programs that are"
                                        + " here",
                                "  show  one definition, as it was understood",
                                "  run   run one; it ends in a report",
                                "",
                                "Each has a help of its own: simmer agent run --help.")
                        .operands("list|show|run [NAME]", 1, Integer.MAX_VALUE);
        Map<String, Option> options = new LinkedHashMap<>();
        for (String action : ACTIONS) {
            below(action).orElseThrow().usage().options().stream()
                    .filter(option -> !option.equals(Usage.HELP))
                    .forEach(option -> options.putIfAbsent(option.name(), option));
        }
        options.values().forEach(usage::option);
        return usage.example("simmer agent list", "")
                .example("simmer agent run explorer --task 'Where are prices made?'", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused {
        String word = call.words().operands().getFirst();
        String near =
                DidYouMean.nearest(word, ACTIONS)
                        .map(each -> "; did you mean " + each + "?")
                        .orElse("");
        throw CommandRefused.usage(
                "`simmer agent` knows "
                        + String.join(", ", ACTIONS)
                        + ", which come right behind it, not "
                        + TerminalText.plain(word)
                        + near);
    }
}
