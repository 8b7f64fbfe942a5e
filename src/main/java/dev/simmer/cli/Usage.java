package dev.simmer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What words a command takes, for the parser ({@link Words}), the help and completion. Plain data,
 * so that printing the list of commands builds no parser.
 *
 * @param name the command's words without options, such as {@code simmer kill}
 * @param summary what it does, in a few words, for the list of commands
 * @param operands the words that are no options, as the synopsis shows them; empty: there are none
 * @param least how many operands there must be
 * @param most how many operands there may be
 * @param verbatim whether everything from the first operand on is an operand
 * @param about what it does, in lines for the help
 * @param options in the order of the help
 * @param notes lines that follow the options, such as what the exit codes mean
 * @param examples command lines with what they do
 */
record Usage(
        String name,
        String summary,
        String operands,
        int least,
        int most,
        boolean verbatim,
        List<String> about,
        List<Option> options,
        List<String> notes,
        List<Example> examples) {
    /** The option that every command has. */
    static final Option HELP = new Option(List.of("-h", "--help"), "", true, "Show this help.");

    /** What scripts get of a command. */
    static final Option JSON =
            new Option(List.of("--json"), "", false, "Print JSON (docs/JSON.md) and nothing else.");

    Usage {
        about = List.copyOf(about);
        options = List.copyOf(options);
        notes = List.copyOf(notes);
        examples = List.copyOf(examples);
    }

    /**
     * An example.
     *
     * @param line what is typed
     * @param does what happens; may be empty
     */
    record Example(String line, String does) {}

    /** The option with this name, in whatever form. */
    Optional<Option> option(String word) {
        for (Option each : options) {
            if (each.names().contains(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Begins a description. */
    static Builder of(String name, String summary) {
        return new Builder(name, summary);
    }

    /** Collects a description's parts. */
    static final class Builder {
        private final String name;
        private final String summary;
        private String operands = "";
        private int least;
        private int most;
        private boolean verbatim;
        private List<String> about = List.of();
        private final List<Option> options = new ArrayList<>();
        private List<String> notes = List.of();
        private final List<Example> examples = new ArrayList<>();

        private Builder(String name, String summary) {
            this.name = name;
            this.summary = summary;
        }

        Builder about(String... lines) {
            about = List.of(lines);
            return this;
        }

        /** Takes operands: from so many to so many. */
        Builder operands(String synopsis, int from, int to) {
            operands = synopsis;
            least = from;
            most = to;
            return this;
        }

        /** Takes what comes after the first operand as it is. */
        Builder verbatim() {
            verbatim = true;
            return this;
        }

        Builder flag(String description, String... names) {
            options.add(new Option(List.of(names), "", false, description));
            return this;
        }

        Builder value(String label, String description, String... names) {
            options.add(new Option(List.of(names), label, false, description));
            return this;
        }

        Builder values(String label, String description, String... names) {
            options.add(new Option(List.of(names), label, true, description));
            return this;
        }

        Builder option(Option option) {
            options.add(option);
            return this;
        }

        Builder json() {
            options.add(JSON);
            return this;
        }

        Builder notes(String... lines) {
            notes = List.of(lines);
            return this;
        }

        Builder example(String line, String does) {
            examples.add(new Example(line, does));
            return this;
        }

        Usage build() {
            List<Option> all = new ArrayList<>(options);
            all.add(HELP);
            return new Usage(
                    name, summary, operands, least, most, verbatim, about, all, notes, examples);
        }
    }
}
