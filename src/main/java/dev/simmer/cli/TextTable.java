package dev.simmer.cli;

import dev.simmer.logs.CellWidth;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in columns that are as wide as they must be. The last column is cut where a line
 * would be wider than the terminal, and before it the widest of the others. Cells hold safe text.
 */
final class TextTable {
    private static final int GAP = 2;

    /** A column of words is not cut below this. */
    private static final int LEAST = 8;

    private final List<String> heads;
    private final List<Boolean> figures;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param cells as many as there are heads
     * @param colour an SGR code for the line; 0: none
     */
    private record Row(List<String> cells, int colour) {}

    /** A head that begins with {@code >} makes a column of figures, which stand at its right. */
    TextTable(String... heads) {
        List<String> names = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (String head : heads) {
            right.add(head.startsWith(">"));
            names.add(head.startsWith(">") ? head.substring(1) : head);
        }
        this.heads = names;
        this.figures = right;
    }

    void add(int colour, List<String> cells) {
        rows.add(new Row(cells, colour));
    }

    /**
     * The lines, the heads first.
     *
     * @param columns of the terminal
     */
    List<String> lines(int columns) {
        int[] widths = widths();
        fit(widths, columns);
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, widths));
        for (Row row : rows) {
            String line = line(row.cells(), widths);
            lines.add(row.colour() == 0 ? line : "\033[" + row.colour() + "m" + line + "\033[0m");
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[heads.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = CellWidth.width(heads.get(i));
            for (Row row : rows) {
                widths[i] = Math.max(widths[i], CellWidth.width(row.cells().get(i)));
            }
        }
        return widths;
    }

    private void fit(int[] widths, int columns) {
        long total = -GAP;
        for (int width : widths) {
            total += width + GAP;
        }
        long over = total - columns;
        int last = widths.length - 1;
        int cut = Math.clamp(over, 0, Math.max(0, widths[last] - LEAST));
        widths[last] -= cut;
        over -= cut;
        while (over > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (!figures.get(i)
                        && widths[i] > LEAST
                        && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            over--;
        }
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cut(cells.get(i), widths[i]);
            String padding = " ".repeat(Math.max(0, widths[i] - CellWidth.width(cell)));
            line.append(figures.get(i) ? padding + cell : cell + padding);
            line.append(" ".repeat(GAP));
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String cell, int width) {
        return CellWidth.width(cell) <= width
                ? cell
                : CellWidth.clip(cell, Math.max(0, width - 1)) + "…";
    }
}
