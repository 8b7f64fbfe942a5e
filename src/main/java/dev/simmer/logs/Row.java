package dev.simmer.logs;

import dev.simmer.logs.StyledLine.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One row of a terminal without a right edge, as a line of a log writes to it.
 *
 * <p>Most lines only ever add at the end: their letters go straight into one array, and the places
 * where the style changes into another. A line that writes before its end (a progress bar) turns
 * into cells, one a column, at the first such write; erasing all of it turns it back.
 */
final class Row {
    /** Column that a move reaches at most where no letter is: a terminal has a right edge. */
    private static final int MAX_COLUMN = 1024;

    /** Marks and joined letters that one letter may have; the rest is dropped. */
    private static final int MAX_JOINED = 15;

    private static final String[] ASCII = ascii();

    /** Cell to the right of a wide letter. */
    private static final String COVERED = "";

    private char[] text;
    private int length;

    /** Where in the text a style starts; it goes on to the next one's start. */
    private int[] runStarts = new int[8];

    private Style[] runStyles = new Style[8];
    private int runs;

    /** Up to where in the text the columns have been counted, and how many there are. */
    private int countedChars;

    private int countedColumns;

    /** Whether the cursor is not at the end, so that the next write may need cells. */
    private boolean moved;

    /** Column of the cursor, while moved or in cells. */
    private int cursor;

    private boolean inCells;
    private String[] cells = new String[0];
    private Style[] cellStyles = new Style[0];
    private int cellCount;

    /** What the letter before leaves to the next code point. */
    private int state = CodePoints.START;

    private int last;
    private int joined;
    private boolean joinerWaits;

    /** Column of the letter last written into a cell, and its width; column -1 after a move. */
    private int lastCell = -1;

    private int lastCellWidth;

    /**
     * @param capacity chars that the line is likely to need
     */
    Row(int capacity) {
        text = new char[Math.max(16, capacity)];
    }

    private static String[] ascii() {
        String[] strings = new String[0x7f];
        Arrays.setAll(strings, c -> String.valueOf((char) c).intern());
        return strings;
    }

    /** Writes printable ASCII. */
    void ascii(byte[] bytes, int from, int to, Style style) {
        if (moved && !inCells) {
            enterCells();
        }
        endCluster();
        if (inCells) {
            for (int i = from; i < to; i++) {
                putCell(ASCII[bytes[i]], 1, style);
            }
        } else {
            int count = to - from;
            room(count);
            startRun(style);
            char[] target = text;
            int at = length;
            for (int i = 0; i < count; i++) {
                target[at + i] = (char) bytes[from + i];
            }
            length = at + count;
        }
        last = bytes[to - 1];
        state = CodePoints.PLAIN;
    }

    private void endCluster() {
        joined = 0;
        joinerWaits = false;
    }

    /** Writes a code point that is no control; drops it where it would be invisible. */
    void print(int codePoint, Style style) {
        int properties = CodePoints.properties(codePoint);
        int kind = CodePoints.kind(properties);
        if (kind == CodePoints.JOINER) {
            joinerWaits = state == CodePoints.AFTER_PICTURE;
            return;
        }
        if (isDropped(codePoint, kind)) {
            return;
        }
        if (moved && !inCells) {
            enterCells();
        }
        if (joinerWaits) {
            joinerWaits = false;
            if (kind == CodePoints.PICTURE && joined < MAX_JOINED) {
                state = CodePoints.AFTER_PICTURE_JOINER;
                put(CodePoints.ZERO_WIDTH_JOINER, 0, true, style);
            }
        }
        int next = CodePoints.follow(state, kind);
        boolean joins = (next & CodePoints.JOINS) != 0;
        if (joins && ++joined > MAX_JOINED) {
            return;
        }
        if (!joins) {
            joined = 0;
        }
        int width = CodePoints.width(properties);
        if (joins && inCells) {
            boolean emojiBefore = CodePoints.isEmoji(CodePoints.properties(last));
            width = CodePoints.joinedWidth(lastCellWidth, codePoint, kind, emojiBefore);
        }
        put(codePoint, width, joins, style);
        state = next & ~CodePoints.JOINS;
        last = codePoint;
    }

    /** Whether a code point shows nothing and would only mislead or break columns. */
    private boolean isDropped(int codePoint, int kind) {
        if (kind == CodePoints.FORMAT || kind == CodePoints.CONTROL) {
            return true;
        }
        if (kind == CodePoints.EXTEND) {
            if (state == CodePoints.START) {
                return true;
            }
            if (codePoint == CodePoints.TEXT_SELECTOR || codePoint == CodePoints.EMOJI_SELECTOR) {
                return last < 0x80 || !CodePoints.isEmoji(CodePoints.properties(last));
            }
            if (CodePoints.isTag(codePoint)) {
                return last != 0x1f3f4 && !CodePoints.isTag(last);
            }
            return (codePoint >= 0xfe00 && codePoint <= 0xfe0d)
                    || (codePoint >= 0xe0100 && codePoint <= 0xe01ef)
                    || codePoint == 0x34f;
        }
        return (kind == CodePoints.SPACING && state == CodePoints.START)
                || codePoint == 0x115f
                || codePoint == 0x1160
                || codePoint == 0x3164
                || codePoint == 0xffa0;
    }

    private void put(int codePoint, int width, boolean joins, Style style) {
        if (!inCells) {
            room(2);
            if (!joins) {
                startRun(style);
            }
            length += Character.toChars(codePoint, text, length);
        } else if (joins && lastCell >= 0) {
            cells[lastCell] += Character.toString(codePoint);
            if (width > lastCellWidth) {
                widenLast();
            }
        } else {
            putCell(Character.toString(codePoint), width, style);
        }
    }

    private void room(int more) {
        if (text.length - length < more) {
            text = Arrays.copyOf(text, Math.max(length + more, 2 * text.length));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the fast way to the same answer
    private void startRun(Style style) {
        Style before = runs > 0 ? runStyles[runs - 1] : Style.PLAIN;
        if (before == style || before.equals(style)) {
            return;
        }
        if (runs > 0 && runStarts[runs - 1] == length) {
            runStyles[runs - 1] = style;
            return;
        }
        if (runs == runStarts.length) {
            runStarts = Arrays.copyOf(runStarts, 2 * runs);
            runStyles = Arrays.copyOf(runStyles, 2 * runs);
        }
        runStarts[runs] = length;
        runStyles[runs++] = style;
    }

    // Moving

    /** Column of the cursor. */
    int column() {
        if (moved || inCells) {
            return cursor;
        }
        return endColumn();
    }

    private int endColumn() {
        if (inCells) {
            return cellCount;
        }
        if (countedChars < length) {
            // Counted piece by piece: a letter is never cut, since the caller is at a control.
            countedColumns +=
                    CellWidth.width(
                            java.nio.CharBuffer.wrap(text, countedChars, length - countedChars));
            countedChars = length;
        }
        return countedColumns;
    }

    /** Moves the cursor, up to the end of the letters or {@link #MAX_COLUMN}. */
    void moveTo(int column) {
        int end = endColumn();
        cursor = Math.clamp(column, 0, Math.max(end, MAX_COLUMN));
        moved = inCells || cursor != end;
        breakCluster();
    }

    /** Moves to the next multiple of 8 columns; behind the last letter it writes blanks. */
    void tab() {
        int column = column();
        int target = (column | 7) + 1;
        if (column < endColumn()) {
            moveTo(target);
            return;
        }
        if (moved && !inCells) {
            enterCells();
        }
        if (inCells) {
            while (cursor < target) {
                putCell(ASCII[' '], 1, Style.PLAIN);
            }
        } else {
            room(8);
            startRun(Style.PLAIN);
            Arrays.fill(text, length, length + target - column, ' ');
            length += target - column;
        }
        breakCluster();
    }

    private void breakCluster() {
        lastCell = -1;
        state = CodePoints.START;
        endCluster();
    }

    /**
     * Erases a part of the row.
     *
     * @param mode 0 from the cursor on, 1 up to the cursor, 2 all
     */
    void erase(int mode) {
        int column = column();
        int end = endColumn();
        if (mode == 2 || (mode == 0 && column == 0) || (mode == 1 && column >= end)) {
            clear();
            cursor = column;
            moved = column != 0;
        } else if (mode == 0 && column < end) {
            erase(column, end);
            cellCount = Math.min(cellCount, column);
        } else if (mode == 1) {
            erase(0, column + 1);
        }
        breakCluster();
    }

    /** Blanks the cells from one column up to another. */
    void erase(int from, int to) {
        int end = Math.min(to, endColumn());
        if (from >= end) {
            return;
        }
        int column = column();
        if (!inCells) {
            cursor = column;
            enterCells();
        }
        for (int i = from; i < end; i++) {
            uncover(i);
            cells[i] = ASCII[' '];
            cellStyles[i] = Style.PLAIN;
        }
        cursor = column;
        breakCluster();
    }

    private void clear() {
        length = 0;
        runs = 0;
        countedChars = 0;
        countedColumns = 0;
        inCells = false;
        cellCount = 0;
    }

    // Cells

    private void enterCells() {
        int columns = endColumn();
        List<Run> made = runs();
        String all = new String(text, 0, length);
        inCells = true;
        cellCount = 0;
        int keep = cursor;
        cursor = 0;
        growCells(columns + 16);
        CellWidth.Graphemes letters = new CellWidth.Graphemes(all);
        int run = 0;
        while (letters.next()) {
            while (run < made.size() && made.get(run).end() <= letters.start()) {
                run++;
            }
            boolean in = run < made.size() && made.get(run).start() <= letters.start();
            int size = letters.end() - letters.start();
            char first = all.charAt(letters.start());
            String letter =
                    size == 1 && first < ASCII.length
                            ? ASCII[first]
                            : all.substring(letters.start(), letters.end());
            if (letters.width() > 0) {
                putCell(letter, letters.width(), in ? made.get(run).style() : Style.PLAIN);
            }
        }
        cursor = keep;
        lastCell = -1;
    }

    private void growCells(int count) {
        if (cells.length < count) {
            int size = Math.max(count, 2 * cells.length);
            cells = Arrays.copyOf(cells, size);
            cellStyles = Arrays.copyOf(cellStyles, size);
        }
    }

    private void putCell(String letter, int width, Style style) {
        int end = cursor + width;
        growCells(end + 1);
        while (cellCount < cursor) {
            cells[cellCount] = ASCII[' '];
            cellStyles[cellCount++] = Style.PLAIN;
        }
        for (int i = cursor; i < Math.min(end, cellCount); i++) {
            uncover(i);
        }
        cells[cursor] = letter;
        cellStyles[cursor] = style;
        for (int i = cursor + 1; i < end; i++) {
            cells[i] = COVERED;
            cellStyles[i] = style;
        }
        cellCount = Math.max(cellCount, end);
        lastCell = cursor;
        lastCellWidth = width;
        cursor = end;
    }

    /** Before a cell is written: the other half of a wide letter on it becomes a blank. */
    private void uncover(int column) {
        if (cells[column].isEmpty() && column > 0) {
            cells[column - 1] = ASCII[' '];
            cells[column] = ASCII[' '];
        } else if (column + 1 < cellCount && cells[column + 1].isEmpty()) {
            cells[column + 1] = ASCII[' '];
        }
    }

    private void widenLast() {
        String letter = cells[lastCell];
        Style style = cellStyles[lastCell];
        cells[lastCell] = ASCII[' '];
        cursor = lastCell;
        putCell(letter, 2, style);
    }

    // The end

    private List<Run> runs() {
        if (runs == 0) {
            return List.of();
        }
        List<Run> made = new ArrayList<>(runs);
        for (int i = 0; i < runs; i++) {
            int end = i + 1 < runs ? runStarts[i + 1] : length;
            if (end > runStarts[i] && !runStyles[i].equals(Style.PLAIN)) {
                made.add(new Run(runStarts[i], end, runStyles[i]));
            }
        }
        return made;
    }

    /** What the row shows. */
    StyledLine line() {
        if (inCells) {
            int count = cellCount;
            String[] letters = cells;
            Style[] styles = cellStyles;
            clear();
            for (int i = 0; i < count; i++) {
                String letter = letters[i];
                room(letter.length());
                if (!letter.isEmpty()) {
                    startRun(styles[i]);
                }
                letter.getChars(0, letter.length(), text, length);
                length += letter.length();
            }
        }
        if (length == 0) {
            return StyledLine.EMPTY;
        }
        return new StyledLine(new String(text, 0, length), runs());
    }
}
