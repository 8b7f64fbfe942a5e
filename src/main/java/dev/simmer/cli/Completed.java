package dev.simmer.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A command as completion scripts see it.
 *
 * @param names its name, then its other names; empty: the program without a command
 * @param summary what it does
 * @param options its options
 * @param operands what its operands are
 */
record Completed(List<String> names, String summary, List<Option> options, Kind operands) {
    /** What can stand in a place. */
    sealed interface Kind {}

    /** Words that simmer is asked for: tasks, targets, sessions. */
    record Asked(String what) implements Kind {}

    /** A choice of words. */
    record Choice(List<String> words) implements Kind {}

    record Files() implements Kind {}

    record Folders() implements Kind {}

    /** A command with its own words. */
    record CommandLine() implements Kind {}

    /** Something that only its writer knows. */
    record Anything() implements Kind {}

    Completed {
        names = List.copyOf(names);
        options = List.copyOf(options);
    }

    static Completed of(List<String> names, Usage usage) {
        return new Completed(names, usage.summary(), usage.options(), operands(usage));
    }

    private static Kind operands(Usage usage) {
        String shown = usage.operands();
        if (usage.verbatim()) {
            return new CommandLine();
        }
        if (usage.name().equals("simmer agent")) {
            return new Asked("agents");
        }
        if (shown.contains("TARGET")) {
            return new Asked("targets");
        }
        if (shown.contains("ID")) {
            return new Asked("tasks");
        }
        return shown.matches("[a-z]+(\\|[a-z]+)*")
                ? new Choice(Arrays.asList(shown.split("\\|")))
                : new Anything();
    }

    /** What an option's value is. */
    static Kind value(Option option) {
        return switch (option.label()) {
            case "FILE" -> new Files();
            case "FOLDER", "DIR" -> new Folders();
            case "TASK", "TASK[:COND]", "ID" -> new Asked("tasks");
            case "RUNNER" ->
                    new Choice(
                            List.of(
                                    "claude",
                                    "codex",
                                    "gemini",
                                    "opencode",
                                    "cursor-agent",
                                    "command"));
            case "KIND" -> new Choice(List.of("job", "service"));
            case "FORMAT" -> new Choice(List.of("prefixed", "grouped", "quiet", "json"));
            case "NAME" ->
                    option.name().equals("--resume") || option.name().equals("--session")
                            ? new Asked("sessions")
                            : new Anything();
            default -> new Anything();
        };
    }

    /** All names of all options. */
    List<String> optionNames() {
        List<String> all = new ArrayList<>();
        options.forEach(option -> all.addAll(option.names()));
        return all;
    }

    /** A description up to its first full stop, on one line, for a list. */
    static String brief(String description) {
        int end = description.indexOf(". ");
        String first = end < 0 ? description : description.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    /** The text in single quotes, as bash and zsh take it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
