package dev.simmer.tui.model;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is looked for in a log.
 *
 * @param kind how the words are meant
 * @param words what was typed; empty for errors
 */
public record Sought(Kind kind, String words) {
    /** How words are meant. */
    public enum Kind {
        /** Text as it is; without capital letters it stands for both cases. */
        TEXT,
        /** A regular expression. */
        REGEX,
        /** Any line that tells of an error. */
        ERRORS
    }

    /** The next line that tells of an error. */
    static final Sought ERRORS = new Sought(Kind.ERRORS, "");

    /** What is wrong with a regular expression; empty where it is one. */
    public static Optional<String> wrong(String expression) {
        try {
            Pattern _ = Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        }
    }

    /** What was not found, for people. */
    String missed() {
        return switch (kind) {
            case TEXT -> "no line contains “" + words + "”";
            case REGEX -> "no line matches " + words;
            case ERRORS -> "no line tells of an error";
        };
    }
}
