package dev.simmer.cli;

import dev.simmer.logs.CellWidth;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in columns that are as wide as they must be. The last column is cut where a line
 * would be wider than the terminal, then the widest of the others; then columns are left out. Cells
 * hold safe text.
 */
final class TextTable {
    private static final int GAP = 2;

    /** A column of words is not cut below this while there are columns to leave out. */
    private static final int LEAST = 8;

    /** A width that cancels its gap. */
    private static final int LEFT_OUT = -GAP;

    /** How far it is cut where there are none. */
    private static final int BARE = 2;

    private final List<String> heads;
    private final List<Boolean> figures;
    private final List<Row> rows = new ArrayList<>();
    private List<String> spare = List.of();

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

    /** Says which columns may be left out on a narrow terminal, the first of them first. */
    TextTable mayLeaveOut(String... columns) {
        spare = List.of(columns);
        return this;
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
        boolean fits = fit(widths, columns, LEAST);
        for (int i = 0; i < spare.size() && !fits; i++) {
            widths = widths();
            for (String head : spare.subList(0, i + 1)) {
                int column = heads.indexOf(head);
                if (column >= 0) {
                    widths[column] = LEFT_OUT;
                }
            }
            fits = fit(widths, columns, LEAST);
        }
        if (!fits) {
            fit(widths, columns, BARE);
        }
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

    /** Cuts columns of words, none below the least width; whether the lines fit then. */
    private boolean fit(int[] widths, int columns, int least) {
        long total = -GAP;
        for (int width : widths) {
            total += width + GAP;
        }
        long over = total - columns;
        int last = widths.length - 1;
        int cut = Math.clamp(over, 0, Math.max(0, widths[last] - least));
        widths[last] -= cut;
        over -= cut;
        while (over > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (!figures.get(i)
                        && widths[i] > least
                        && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return false;
            }
            widths[widest]--;
            over--;
        }
        return true;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] == LEFT_OUT) {
                continue;
            }
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
