package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.LogLine;
import java.util.List;

/** How log lines fill the rows of a pane. */
public final class LogRows {
    private LogRows() {}

    /** Rows that a line takes. */
    public static int rows(LogLine line, boolean wrap, int columns) {
        if (!wrap || columns < 1) {
            return 1;
        }
        int width = CellWidth.width(line.line().text());
        return Math.max(1, (width + columns - 1) / columns);
    }

    /** The first line that is seen when the last one stands at the bottom. */
    public static int firstAtEnd(List<LogLine> lines, boolean wrap, int columns, int rows) {
        int first = lines.size();
        int left = rows;
        while (first > 0) {
            left -= rows(lines.get(first - 1), wrap, columns);
            if (left < 0) {
                break;
            }
            first--;
        }
        return Math.min(first, Math.max(0, lines.size() - 1));
    }

    /** The first line that is seen. */
    public static int first(LogPane pane, int columns, int rows) {
        int last = firstAtEnd(pane.lines(), pane.wrap(), pane.textColumns(columns), rows);
        return pane.follow() ? last : Math.clamp(pane.top(), 0, last);
    }
}
