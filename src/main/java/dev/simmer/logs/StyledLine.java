package dev.simmer.logs;

import java.util.List;

/**
 * A line of text that is safe to print: no control character is in it, tabs are spaces, and its
 * colours are kept beside it.
 *
 * @param text the letters
 * @param runs pieces that are not plain, in order, not overlapping
 */
public record StyledLine(String text, List<Run> runs) {
    /** A line with nothing on it. */
    public static final StyledLine EMPTY = new StyledLine("", List.of());

    public StyledLine {
        runs = List.copyOf(runs);
    }

    /**
     * A piece of a line.
     *
     * @param start index of its first char in the text
     * @param end index after its last char
     * @param style how it looks
     */
    public record Run(int start, int end, Style style) {
        public Run {
            if (start < 0 || end <= start) {
                throw new IllegalArgumentException("a run is not empty: " + start + ".." + end);
            }
        }
    }
}
