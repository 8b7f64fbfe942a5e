package dev.simmer.terminal;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.Style;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TerminalText;
import dev.simmer.tui.theme.Colours;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal's screen as cells: what pictures are drawn from, and compared by. Immutable.
 *
 * @param columns of the terminal
 * @param rows of the terminal
 * @param cells row by row
 */
record ScreenCells(int columns, int rows, List<Cell> cells) {
    private static final Pattern SGR = Pattern.compile("\\x1b\\[([0-9;:]*)m");

    /** The 16 colours of a dark terminal, for what a task prints. */
    private static final int[] PALETTE = {
        0x22262f, 0xff8f8f, 0x8bd49c, 0xecc974, 0x86b7ff, 0xcdaef9, 0x78d3d0, 0xd7dbe2,
        0x5b6373, 0xffb3b3, 0xb0e8bd, 0xf5dd9c, 0xb0d0ff, 0xe0ccff, 0xa5e6e3, 0xffffff
    };

    /** The same of a light terminal. */
    private static final int[] LIGHT_PALETTE = {
        0x23262d, 0xb61723, 0x086d31, 0x7d5802, 0x2356bc, 0x7440b7, 0x04696e, 0x595f6b,
        0x595f6b, 0xb61723, 0x086d31, 0x7d5802, 0x2356bc, 0x7440b7, 0x04696e, 0x23262d
    };

    ScreenCells {
        cells = List.copyOf(cells);
    }

    /**
     * A cell.
     *
     * @param glyph a grapheme; empty for the second half of a wide one
     * @param ink colour of the letter, 24 bits
     * @param ground colour behind it, 24 bits
     */
    record Cell(
            String glyph, int ink, int ground, boolean bold, boolean italic, boolean underline) {}

    Cell at(int column, int row) {
        return cells.get(row * columns + column);
    }

    /** A row's text with one character for each cell; what is no single character is a '?'. */
    String row(int row) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            String glyph = at(column, row).glyph();
            text.append(glyph.length() == 1 ? glyph : glyph.isEmpty() ? " " : "?");
        }
        return text.toString();
    }

    /**
     * Reads a screen.
     *
     * @param screen lines with escape sequences for colours, as {@code tmux capture-pane -e} prints
     * @param ink what the terminal's own letters look like
     * @param ground the terminal's own background
     */
    static ScreenCells of(String screen, int columns, int rows, int ink, int ground) {
        Cell[] cells = new Cell[columns * rows];
        java.util.Arrays.fill(cells, new Cell(" ", ink, ground, false, false, false));
        boolean light = Colours.contrast(ground, 0) > Colours.contrast(ground, 0xffffff);
        Reader reader = new Reader(cells, columns, ink, ground, light ? LIGHT_PALETTE : PALETTE);
        String carried = "";
        int row = 0;
        for (String line : (Iterable<String>) screen.lines().limit(rows)::iterator) {
            reader.line(row, TerminalText.line(carried + line));
            carried = carriedAfter(carried, line);
            row++;
        }
        return new ScreenCells(columns, rows, List.of(cells));
    }

    /** The colours that hold at the end of a line hold at the start of the next. */
    private static String carriedAfter(String carried, String line) {
        StringBuilder after = new StringBuilder(carried);
        Matcher matcher = SGR.matcher(line);
        while (matcher.find()) {
            if (matcher.group(1).isEmpty() || matcher.group(1).startsWith("0")) {
                after.setLength(0);
            }
            after.append(matcher.group());
        }
        return after.toString();
    }

    private static final class Reader {
        private final Cell[] cells;
        private final int columns;
        private final int ink;
        private final int ground;
        private final int[] palette;

        Reader(Cell[] cells, int columns, int ink, int ground, int[] palette) {
            this.cells = cells;
            this.columns = columns;
            this.ink = ink;
            this.ground = ground;
            this.palette = palette;
        }

        void line(int row, StyledLine line) {
            int at = 0;
            int column = 0;
            for (StyledLine.Run run : line.runs()) {
                column = piece(row, column, line.text().substring(at, run.start()), Style.PLAIN);
                String text = line.text().substring(run.start(), run.end());
                column = piece(row, column, text, run.style());
                at = run.end();
            }
            piece(row, column, line.text().substring(at), Style.PLAIN);
        }

        private int piece(int row, int from, String text, Style style) {
            int column = from;
            CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
            while (graphemes.next()) {
                String glyph = text.substring(graphemes.start(), graphemes.end());
                for (int i = 0; i < graphemes.width() && column < columns; i++) {
                    cells[row * columns + column] = cell(i == 0 ? glyph : "", style);
                    column++;
                }
            }
            return column;
        }

        private Cell cell(String glyph, Style style) {
            int front = colour(style.foreground(), ink);
            int back = colour(style.background(), ground);
            return new Cell(
                    glyph,
                    style.inverse() ? back : front,
                    style.inverse() ? front : back,
                    style.bold(),
                    style.italic(),
                    style.underline());
        }

        private int colour(Style.Color color, int otherwise) {
            return switch (color) {
                case Style.Color.Default _ -> otherwise;
                case Style.Color.Rgb(int r, int g, int b) -> r << 16 | g << 8 | b;
                case Style.Color.Indexed(int index) ->
                        index < 16 ? palette[index] : Colours.rgb(index);
            };
        }
    }
}
