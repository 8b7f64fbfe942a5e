package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.LineEdit;

/** A line that is being typed, on one row; the part with the cursor is seen. */
final class FieldView {
    /** Stands for a line break; one column wide. */
    private static final char LINE_BREAK = '⏎';

    private FieldView() {}

    /** Draws it, with the terminal's cursor where the line's is. */
    static void draw(Frame frame, int x, int y, int columns, LineEdit line, long paint) {
        String before = shown(line.text().substring(0, line.cursor()));
        String after = shown(line.text().substring(line.cursor()));
        boolean cut = columns > 2 && CellWidth.width(before) > columns - 1;
        String left =
                cut ? "…" + lastColumns(before, columns - 2) : lastColumns(before, columns - 1);
        int cursor = frame.put(x, y, columns, left, paint);
        frame.putClipped(cursor, y, Math.max(0, x + columns - cursor), after, paint);
        frame.cursor(cursor, y);
    }

    /** What is typed, on one row. */
    static String shown(String text) {
        return TerminalText.plain(text.replace('\n', LINE_BREAK));
    }

    /** The longest end of a text that fits into some columns. */
    private static String lastColumns(String text, int columns) {
        CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
        int over = CellWidth.width(text) - columns;
        int start = 0;
        while (over > 0 && graphemes.next()) {
            over -= graphemes.width();
            start = graphemes.end();
        }
        return text.substring(start);
    }
}
