package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import java.util.ArrayList;
import java.util.List;

/** Text for people on several rows, broken between words. */
public final class WordRows {
    private WordRows() {}

    /**
     * Breaks a text.
     *
     * @param text holds no control character
     * @param columns of a row, at least 1
     * @param limit how many rows at most; the last one holds all that is left, however wide
     */
    public static List<String> of(String text, int columns, int limit) {
        List<String> rows = new ArrayList<>();
        String rest = text;
        while (rows.size() < limit - 1 && CellWidth.width(rest) > columns) {
            String piece = firstWords(rest, columns);
            rows.add(piece);
            rest = rest.substring(piece.length()).stripLeading();
        }
        rows.add(rest);
        return rows;
    }

    private static String firstWords(String text, int columns) {
        String fits = CellWidth.clip(text, columns);
        if (fits.isEmpty()) {
            return text;
        }
        int space = fits.length() < text.length() ? fits.lastIndexOf(' ') : -1;
        return space > columns / 2 ? fits.substring(0, space) : fits;
    }
}
