package dev.simmer.tui.term;

import dev.simmer.tui.theme.Paint;
import dev.simmer.tui.view.Frame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the difference between two frames into bytes for a terminal. For one thread.
 *
 * <p>Only runs of changed cells are written, with a colour sequence where the look changes, within
 * synchronized output (DEC private mode 2026), so that no half of a frame is ever seen; terminals
 * that do not know the mode pass over it. After a grapheme about whose width terminals disagree the
 * cursor is placed anew, and what it may have covered is written again. Nothing is ever cleared, so
 * that a new size does not flash.
 */
final class FrameWriter {
    private static final String BEGIN = "\u001b[?2026h\u001b[?25l";
    private static final String END = "\u001b[?2026l";
    private static final int WORTH_A_JUMP = 4;
    private static final int SHORT_WAY = 10;

    private final StringBuilder text = new StringBuilder();
    private long paint;
    private int row;
    private int column;

    /**
     * What to send.
     *
     * @param before what the terminal shows; null when that is not known
     * @return nothing where the frames are equal
     */
    byte[] write(@Nullable Frame before, Frame after) {
        text.setLength(0);
        text.append(BEGIN);
        paint = -1;
        row = -1;
        column = -1;
        Frame known = before;
        if (known == null || known.width() != after.width() || known.height() != after.height()) {
            known = null;
            text.append("\u001b[0m");
        }
        int start = text.length();
        for (int y = 0; y < after.height(); y++) {
            writeRow(known, after, y);
        }
        boolean sameCursor =
                known != null
                        && known.cursorColumn() == after.cursorColumn()
                        && known.cursorRow() == after.cursorRow();
        if (known != null && text.length() == start && sameCursor) {
            return new byte[0];
        }
        if (after.cursorColumn() >= 0) {
            moveTo(after.cursorColumn(), after.cursorRow());
            text.append("\u001b[?25h");
        }
        text.append(END);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void writeRow(@Nullable Frame before, Frame after, int y) {
        int width = after.width();
        int x = 0;
        while (x < width) {
            if (!changed(before, after, x, y)) {
                x++;
                continue;
            }
            if (after.glyph(x, y).isEmpty() && x > 0) {
                x--;
            }
            int end = runEnd(before, after, x, y);
            moveTo(x, y);
            while (x < end) {
                // What a terminal may have drawn over is written again.
                int reach = Math.min(width, x + most(after.glyph(x, y)));
                end = Math.max(end, reach);
                x += writeCell(after, x, y);
            }
        }
    }

    private static boolean changed(@Nullable Frame before, Frame after, int x, int y) {
        return before == null
                || before.paint(x, y) != after.paint(x, y)
                || !before.glyph(x, y).equals(after.glyph(x, y));
    }

    /** The end of a run of changed cells; a few unchanged ones are cheaper than a jump. */
    private static int runEnd(@Nullable Frame before, Frame after, int from, int y) {
        int end = from + 1;
        int same = 0;
        for (int x = from + 1; x < after.width() && same <= WORTH_A_JUMP; x++) {
            if (changed(before, after, x, y)) {
                end = x + 1;
                same = 0;
            } else {
                same++;
            }
        }
        return end;
    }

    /** Moves by the shortest sequence: on within the row, to a column of it, or anywhere. */
    private void moveTo(int x, int y) {
        if (row == y && column == x) {
            return;
        }
        text.append("\u001b[");
        if (row != y) {
            text.append(y + 1).append(';').append(x + 1).append('H');
        } else if (column >= 0 && x > column && x - column < SHORT_WAY) {
            text.append(x - column).append('C');
        } else {
            text.append(x + 1).append('G');
        }
        row = y;
        column = x;
    }

    private int writeCell(Frame frame, int x, int y) {
        String glyph = frame.glyph(x, y);
        if (glyph.isEmpty()) {
            glyph = " ";
        }
        boolean wide = x + 1 < frame.width() && frame.glyph(x + 1, y).isEmpty();
        look(frame.paint(x, y));
        moveTo(x, y);
        if (widthIsCertain(glyph)) {
            text.append(glyph);
            column = x + (wide ? 2 : 1);
        } else {
            if (wide) {
                // A terminal may fill less than that.
                text.append("  ");
                column = -1;
                moveTo(x, y);
            }
            text.append(glyph);
            column = -1;
        }
        return wide ? 2 : 1;
    }

    private void look(long wanted) {
        if (wanted == paint) {
            return;
        }
        if (paint >= 0 && Paint.attributes(paint) == Paint.attributes(wanted)) {
            Paint.appendColours(text, paint, wanted);
        } else {
            Paint.appendSgr(text, wanted);
        }
        paint = wanted;
    }

    /** Columns that a terminal may give a grapheme at most: two for each of its code points. */
    private static int most(String glyph) {
        return widthIsCertain(glyph) ? 0 : 2 * glyph.codePointCount(0, glyph.length());
    }

    /**
     * Letters, line drawing and braille that every terminal gives one column, and letters of East
     * Asia that every one gives two.
     */
    private static boolean widthIsCertain(String glyph) {
        if (glyph.length() != 1) {
            return false;
        }
        char c = glyph.charAt(0);
        return c < 0x300
                || (c >= 0x2500 && c <= 0x259f)
                || (c >= 0x2800 && c <= 0x28ff)
                || (c >= 0x3041 && c <= 0x3096)
                || (c >= 0x30a1 && c <= 0x30fa)
                || (c >= 0x4e00 && c <= 0x9fff)
                || (c >= 0xac00 && c <= 0xd7a3);
    }
}
