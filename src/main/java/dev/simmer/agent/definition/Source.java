package dev.simmer.agent.definition;

import java.util.List;

/** The text of a value as it stands in the file. */
final class Source {
    private Source() {}

    /**
     * What stands after a key.
     *
     * @param first the rest of the key's line
     * @param more the lines up to the next key; the indentation that they share is taken off
     */
    static String joined(String first, List<String> more) {
        int end = more.size();
        while (end > 0 && more.get(end - 1).isBlank()) {
            end--;
        }
        if (end == 0) {
            return first;
        }
        String rest = String.join("\n", more.subList(0, end)).stripIndent();
        return first.isEmpty() ? rest : first + "\n" + rest;
    }
}
