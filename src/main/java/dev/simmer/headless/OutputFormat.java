package dev.simmer.headless;

import java.util.Locale;
import java.util.Optional;

/** What a run writes to standard output. */
public enum OutputFormat {
    /** Every line as it comes, behind its task's name. */
    PREFIXED,
    /** A task's lines in one block when an attempt of it ends. */
    GROUPED,
    /** Nothing. */
    QUIET,
    /** Events, one JSON object a line (docs/JSON.md). */
    JSON;

    /** The word that the command line uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name; {@code text} is another word for {@code prefixed}. */
    public static Optional<OutputFormat> parse(String word) {
        if (word.equals("text")) {
            return Optional.of(PREFIXED);
        }
        for (OutputFormat each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
