package dev.simmer.cli;

import java.util.List;

/**
 * An option of a command.
 *
 * @param names each with its dashes, the long one last, by which it is asked for
 * @param label what its value is, such as FILE; empty for an option without a value
 * @param many whether it may be given more than once
 * @param description a sentence or two for the help
 */
record Option(List<String> names, String label, boolean many, String description) {
    Option {
        names = List.copyOf(names);
    }

    /** The name by which it is asked for. */
    String name() {
        return names.getLast();
    }

    /** Whether it has no value. */
    boolean isFlag() {
        return label.isEmpty();
    }
}
