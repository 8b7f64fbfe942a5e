package dev.simmer.model;

import java.util.List;

/** What a task executes. */
public sealed interface Command {
    /** The command as a person would type it; may hold any character. */
    String text();

    /**
     * A command line for {@code sh -c}.
     *
     * @param line not blank
     */
    record Shell(String line) implements Command {
        public Shell {
            if (line.isBlank()) {
                throw new IllegalArgumentException("the command is empty");
            }
        }

        @Override
        public String text() {
            return line;
        }
    }

    /**
     * A program and its arguments, executed as they are, with no shell between.
     *
     * @param argv at least the program
     */
    record Exec(List<String> argv) implements Command {
        public Exec {
            argv = List.copyOf(argv);
            if (argv.isEmpty() || argv.getFirst().isBlank()) {
                throw new IllegalArgumentException("the command is empty");
            }
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            for (String word : argv) {
                if (!text.isEmpty()) {
                    text.append(' ');
                }
                text.append(ShellQuote.quote(word));
            }
            return text.toString();
        }
    }
}
