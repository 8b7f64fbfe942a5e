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
