package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.LogLine;
import java.util.Comparator;
import java.util.List;

/** How log lines fill the rows of a pane. */
public final class LogRows {
    private LogRows() {}

    /**
     * A row of the screen's within a log.
     *
     * @param line index of the line
     * @param row which of the rows that the line takes, from 0
     */
    public record Spot(int line, int row) implements Comparable<Spot> {
        static final Spot START = new Spot(0, 0);

        private static final Comparator<Spot> ORDER =
                Comparator.comparingInt(Spot::line).thenComparingInt(Spot::row);

        @Override
        public int compareTo(Spot other) {
            return ORDER.compare(this, other);
        }

        Spot or(Spot other, boolean later) {
            return (compareTo(other) >= 0) == later ? this : other;
        }
    }

    /** Rows that a line takes. */
    public static int rows(LogLine line, boolean wrap, int columns) {
        String text = line.line().text();
        return wrap && columns >= 1 ? row(text, columns, text.length()) + 1 : 1;
    }

    /**
     * The row in which a char of a wrapped line is shown, from 0.
     *
     * @param columns in a row, at least 1
     * @param index of the char; the text's length: the last row
     */
    static int row(String text, int columns, int index) {
        if (CellWidth.width(text) == text.length()) {
            return Math.max(0, Math.min(index, text.length() - 1)) / columns;
        }
        CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
        int row = 0;
        int column = 0;
        while (graphemes.next()) {
            int width = graphemes.width();
            if (column + width > columns) {
                column = 0;
                row++;
            }
            if (graphemes.start() >= index) {
                break;
            }
            column += width;
        }
        return row;
    }

    /** The first row that is seen when the last one stands at the bottom. */
    static Spot atEnd(List<LogLine> lines, boolean wrap, int columns, int rows) {
        int first = lines.size();
        int left = rows;
        while (first > 0 && left > 0) {
            first--;
            left -= rows(lines.get(first), wrap, columns);
        }
        return new Spot(first, Math.max(0, -left));
    }

    /** The first row that is seen. */
    public static Spot spot(LogPane pane, int columns, int rows) {
        List<LogLine> lines = pane.lines();
        int text = pane.textColumns(columns);
        Spot last = atEnd(lines, pane.wrap(), text, rows);
        if (pane.follow() || lines.isEmpty() || (pane.top() > last.line() && !opens(pane))) {
            return last;
        }
        if (pane.top() < 0) {
            return Spot.START;
        }
        if (opens(pane)) {
            return new Spot(pane.top(), 0);
        }
        int most = rows(lines.get(pane.top()), pane.wrap(), text) - 1;
        return new Spot(pane.top(), Math.clamp(pane.row(), 0, most)).or(last, false);
    }

    /** Whether it stands where a report's text begins, which stays at the top however short. */
    static boolean opens(LogPane pane) {
        List<LogLine> lines = pane.lines();
        int top = pane.top();
        return top > 1
                && top < lines.size()
                && !pane.follow()
                && pane.row() == 0
                && pane.atStart()
                && pane.source().filter(key -> key.sheet() == Sheet.REPORT).isPresent()
                && LogPlace.isFence(lines.getFirst())
                && LogPlace.isFence(lines.get(top - 1));
    }

    /** The line that is seen first, if only in part. */
    public static int first(LogPane pane, int columns, int rows) {
        return spot(pane, columns, rows).line();
    }

    /**
     * Some rows further down, or up where there are fewer than none. Lines that are not at hand
     * count as a row each.
     *
     * @param by how many rows
     */
    static Spot moved(LogPane pane, int columns, Spot from, int by) {
        int text = pane.textColumns(columns);
        int line = from.line();
        int row = from.row() + by;
        while (row < 0) {
            line--;
            row += rows(pane, line, text);
        }
        while (row >= rows(pane, line, text)) {
            row -= rows(pane, line, text);
            line++;
        }
        return new Spot(line, row);
    }

    private static int rows(LogPane pane, int line, int text) {
        return line < 0 || line >= pane.lines().size()
                ? 1
                : rows(pane.lines().get(line), pane.wrap(), text);
    }

    /**
     * Rows from one place down to another, at most {@code most}; 0 where that is not below.
     *
     * @param to a place at hand
     */
    static int between(LogPane pane, int columns, Spot from, Spot to, int most) {
        int text = pane.textColumns(columns);
        int rows = -from.row();
        for (int line = from.line(); line < to.line() && rows < most; line++) {
            rows += rows(pane, line, text);
        }
        return from.compareTo(to) >= 0 ? 0 : Math.min(most, rows + to.row());
    }

    /**
     * How far into the file a row is, in bytes; within a line that is a guess.
     *
     * @param spot whose beginning is meant; one after the last line is its end
     */
    public static long offset(LogPane pane, int columns, Spot spot) {
        if (spot.line() >= pane.lines().size()) {
            return pane.lines().isEmpty() ? 0 : pane.lines().getLast().end();
        }
        LogLine line = pane.lines().get(Math.max(0, spot.line()));
        long rows = rows(line, pane.wrap(), pane.textColumns(columns));
        return line.offset() + (line.end() - line.offset()) * spot.row() / rows;
    }

    /** How far into the file the last row is that is seen, in bytes. */
    public static long end(LogPane pane, int columns, int rows) {
        Spot after = moved(pane, columns, spot(pane, columns, rows), rows);
        return offset(pane, columns, after);
    }
}
