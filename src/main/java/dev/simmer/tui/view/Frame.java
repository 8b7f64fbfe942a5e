package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.tui.model.Rect;
import java.util.Arrays;

/**
 * A screen of cells: a grapheme and a packed look ({@link dev.simmer.tui.theme.Paint}) each. The
 * second cell of a wide grapheme holds the empty text. Written by the drawing code, for one thread;
 * not changed once {@link View#render} has returned it.
 */
public final class Frame {
    private static final String[] ASCII = new String[128];

    static {
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = c < ' ' || c == 127 ? "·" : String.valueOf((char) c);
        }
    }

    private final int width;
    private final int height;
    private final String[] glyphs;
    private final long[] paints;
    private int cursorColumn = -1;
    private int cursorRow = -1;

    /** A frame of blanks. */
    public Frame(int width, int height, long paint) {
        this.width = width;
        this.height = height;
        this.glyphs = new String[width * height];
        this.paints = new long[width * height];
        Arrays.fill(glyphs, " ");
        Arrays.fill(paints, paint);
    }

    /** Columns. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** A cell's grapheme; empty for the second half of a wide one. */
    public String glyph(int column, int row) {
        return glyphs[row * width + column];
    }

    /** A cell's look. */
    public long paint(int column, int row) {
        return paints[row * width + column];
    }

    /** The column of the text cursor; -1 where it is hidden. */
    public int cursorColumn() {
        return cursorColumn;
    }

    /** The row of the text cursor; -1 where it is hidden. */
    public int cursorRow() {
        return cursorRow;
    }

    void cursor(int column, int row) {
        if (column >= 0 && column < width && row >= 0 && row < height) {
            cursorColumn = column;
            cursorRow = row;
        }
    }

    /** A row's text, for tests and people. */
    public String row(int row) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < width; column++) {
            text.append(glyph(column, row));
        }
        return text.toString();
    }

    /** Puts a grapheme of one or two columns; what lies outside of the frame is dropped. */
    void set(int column, int row, String glyph, int columns, long paint) {
        if (row < 0 || row >= height || column < 0 || column + columns > width) {
            return;
        }
        int at = row * width + column;
        if (glyphs[at].isEmpty() && column > 0) {
            glyphs[at - 1] = " ";
        }
        int next = at + columns;
        if (column + columns < width && glyphs[next].isEmpty()) {
            glyphs[next] = " ";
        }
        glyphs[at] = glyph;
        paints[at] = paint;
        if (columns == 2) {
            glyphs[at + 1] = "";
            paints[at + 1] = paint;
        }
    }

    /**
     * Writes text, which ends where the columns end.
     *
     * @return the column after the last one that was written
     */
    int put(int column, int row, int columns, String text, long paint) {
        int at = column;
        int end = column + columns;
        if (isAscii(text)) {
            int count = Math.min(columns, text.length());
            for (int i = 0; i < count; i++) {
                set(at++, row, ASCII[text.charAt(i)], 1, paint);
            }
            return at;
        }
        CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
        while (graphemes.next() && at + graphemes.width() <= end) {
            if (graphemes.width() > 0) {
                set(at, row, glyph(text, graphemes), graphemes.width(), paint);
                at += graphemes.width();
            }
        }
        return at;
    }

    /** The same; text that does not fit ends in an ellipsis. */
    int putClipped(int column, int row, int columns, String text, long paint) {
        if (columns <= 0) {
            return column;
        }
        if ((text.length() <= columns && isAscii(text)) || CellWidth.width(text) <= columns) {
            return put(column, row, columns, text, paint);
        }
        int end = put(column, row, columns - 1, text, paint);
        return put(end, row, 1, "…", paint);
    }

    /** The same, against the right edge of the columns. */
    void putRight(int column, int row, int columns, String text, long paint) {
        int free = Math.max(0, columns - CellWidth.width(text));
        putClipped(column + free, row, columns - free, text, paint);
    }

    /** A grapheme; a control character, which must never reach a terminal, becomes a dot. */
    static String glyph(String text, CellWidth.Graphemes at) {
        char first = text.charAt(at.start());
        if (at.end() - at.start() == 1) {
            if (first < 128) {
                return ASCII[first];
            }
            return Character.isISOControl(first) ? "·" : String.valueOf(first);
        }
        String glyph = text.substring(at.start(), at.end());
        return glyph.chars().anyMatch(Character::isISOControl) ? "·" : glyph;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    void fill(Rect area, String glyph, long paint) {
        for (int row = area.y(); row < area.y() + area.height(); row++) {
            for (int column = area.x(); column < area.x() + area.width(); column++) {
                set(column, row, glyph, 1, paint);
            }
        }
    }

    /** Draws a border along the inside of an area. */
    void border(Rect area, long paint) {
        int right = area.x() + area.width() - 1;
        int bottom = area.y() + area.height() - 1;
        for (int column = area.x() + 1; column < right; column++) {
            set(column, area.y(), "─", 1, paint);
            set(column, bottom, "─", 1, paint);
        }
        for (int row = area.y() + 1; row < bottom; row++) {
            set(area.x(), row, "│", 1, paint);
            set(right, row, "│", 1, paint);
        }
        set(area.x(), area.y(), "╭", 1, paint);
        set(right, area.y(), "╮", 1, paint);
        set(area.x(), bottom, "╰", 1, paint);
        set(right, bottom, "╯", 1, paint);
    }

    /** Draws a line across a box, which nothing inside of the box can draw. */
    void rule(Rect area, int row, long paint) {
        int right = area.x() + area.width() - 1;
        set(area.x(), row, "├", 1, paint);
        for (int column = area.x() + 1; column < right; column++) {
            set(column, row, "─", 1, paint);
        }
        set(right, row, "┤", 1, paint);
    }

    /** Draws the thumb of a scrollbar over the right border; nothing where all is seen. */
    void scrollbar(Rect area, double from, double to, long paint) {
        int track = area.height() - 2;
        if (track < 2 || (from <= 0 && to >= 1)) {
            return;
        }
        int length = Math.clamp(Math.round((to - from) * track), 1, track - 1);
        int start = (int) Math.round(Math.clamp(from, 0.0, 1.0) * track);
        int first = Math.min(start, track - length);
        if (to >= 1) {
            first = track - length;
        } else if (from > 0 && first == 0) {
            first = 1;
        }
        for (int i = 0; i < length && first + i < track; i++) {
            set(area.x() + area.width() - 1, area.y() + 1 + first + i, "┃", 1, paint);
        }
    }
}
