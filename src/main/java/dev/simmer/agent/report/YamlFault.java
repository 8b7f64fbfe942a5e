package dev.simmer.agent.report;

import java.util.Optional;

/** A text that cannot be read or changed as YAML, with the reason in words. */
final class YamlFault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<Integer> line;

    /**
     * A fault with its reason.
     *
     * @param line counted from 1 in the text that was read
     */
    YamlFault(String problem, Optional<Integer> line) {
        super(problem);
        this.line = line;
    }

    /** The reason; {@code before} is the number of the file's lines before the text read. */
    String words(int before) {
        return getMessage() + line.map(number -> " (line " + (number + before) + ")").orElse("");
    }
}
