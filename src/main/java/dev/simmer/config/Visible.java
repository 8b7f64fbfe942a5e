package dev.simmer.config;

import dev.simmer.model.CodePoint;

/** Text of a user's file made fit for a message: nothing in it can act on a terminal. */
final class Visible {
    /** Longer pieces are cut in a message, in code points. */
    private static final int LIMIT = 60;

    private Visible() {}

    /** The text in backquotes, cut where it is long. */
    static String quoted(String text) {
        return text.isEmpty() ? "an empty text" : "`" + cut(text) + "`";
    }

    /** The text on one line, cut where it is long. */
    static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LIMIT
                ? whole(text)
                : whole(text.substring(0, text.offsetByCodePoints(0, LIMIT))) + "…";
    }

    /** The text on one line, however long. */
    static String whole(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(shown, point));
        return shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        switch (point) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (!CodePoint.acts(point)) {
                    shown.appendCodePoint(point);
                } else if (point <= 0xFF) {
                    shown.append(String.format("\\x%02X", point));
                } else {
                    shown.append(String.format("\\u{%X}", point));
                }
            }
        }
    }
}
