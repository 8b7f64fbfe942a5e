package dev.simmer.agent.stream;

import java.util.List;

/** Text cut to a length, never within a pair of surrogates. */
final class Clip {
    /** Characters of a summary. */
    static final int SUMMARY = 200;

    /** Characters of a line that is kept as it stands. */
    static final int RAW = 2_000;

    private Clip() {}

    /** The text, or its beginning and an ellipsis. */
    static String head(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /** One line: spaces and line breaks together become one space. */
    static String line(String text) {
        // Of a long text only so much is looked at as can be shown.
        String part = text.length() > 8 * SUMMARY ? text.substring(0, 8 * SUMMARY) : text;
        return head(part.replaceAll("[\\s\\u0085\\u2028\\u2029]+", " ").strip(), SUMMARY);
    }

    /**
     * What a tool is called with, in one line: breaks are shown, since two commands must not look
     * like one, and what is too long loses its middle, since a command may do most at its end.
     */
    static String call(String text) {
        String whole = text.strip();
        String part = whole;
        if (whole.length() > 8 * SUMMARY) {
            // Of a long text only so much is looked at as can be shown.
            part = head(whole, 4 * SUMMARY) + tail(whole, 4 * SUMMARY);
        }
        String line =
                part.replaceAll("[^\\S\\n\\r\\u0085\\u2028\\u2029]+", " ")
                        .replaceAll(" ?(?:\\R ?)+", " ↵ ");
        if (line.length() <= SUMMARY) {
            return line;
        }
        return head(line, SUMMARY * 2 / 3) + " " + tail(line, SUMMARY / 3 - 1);
    }

    private static String tail(String text, int most) {
        int from = text.length() - most;
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    /** The first line that says something, and how many follow it. */
    static String firstLine(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(10_000).toList();
        if (lines.isEmpty()) {
            return "";
        }
        int more = lines.size() - 1;
        String first = line(lines.getFirst());
        return more == 0 ? first : head(first, SUMMARY - 20) + " (+" + more + ")";
    }
}
