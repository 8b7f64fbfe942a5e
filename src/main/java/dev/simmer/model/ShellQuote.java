package dev.simmer.model;

import java.util.regex.Pattern;

/** Quoting of words for a POSIX shell. */
public final class ShellQuote {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellQuote() {}

    /** The word so that {@code sh} reads it back as it is; quoted only where it must be. */
    public static String quote(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
