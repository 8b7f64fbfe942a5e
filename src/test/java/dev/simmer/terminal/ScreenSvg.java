package dev.simmer.terminal;

import dev.simmer.terminal.ScreenCells.Cell;
import java.awt.geom.PathIterator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** A terminal's screen as an SVG picture: letters as text, lines and blocks as paths. */
final class ScreenSvg {
    private static final double CELL_WIDTH = 8.4;
    private static final double CELL_HEIGHT = 18;
    private static final double MARGIN = 12;

    private static final String CONTENT_BEGIN = "<metadata>";
    private static final String CONTENT_END = "</metadata>";

    private final ScreenCells screen;
    private final int ground;
    private final StringBuilder svg = new StringBuilder();

    private ScreenSvg(ScreenCells screen, int ground) {
        this.screen = screen;
        this.ground = ground;
    }

    /**
     * The picture.
     *
     * @param content what the picture is compared by; kept in it
     */
    static String of(ScreenCells screen, int ground, String content) {
        ScreenSvg picture = new ScreenSvg(screen, ground);
        picture.open(content);
        for (int row = 0; row < screen.rows(); row++) {
            picture.grounds(row);
            picture.shapes(row);
            picture.texts(row);
        }
        return picture.svg.append("</svg>\n").toString();
    }

    /** What a picture is compared by; empty where it is no such picture. */
    static String content(String svg) {
        int begin = svg.indexOf(CONTENT_BEGIN);
        int end = svg.indexOf(CONTENT_END);
        return begin < 0 || end < begin
                ? ""
                : svg.substring(begin + CONTENT_BEGIN.length(), end)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&");
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency here
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void open(String content) {
        double width = screen.columns() * CELL_WIDTH + 2 * MARGIN;
        double height = screen.rows() * CELL_HEIGHT + 2 * MARGIN;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.1f %.1f\" width=\"%.0f\""
                    + " height=\"%.0f\" font-size=\"14\" font-family=\"ui-monospace,'DejaVu Sans"
                    + " Mono',Menlo,Consolas,monospace\" xml:space=\"preserve\">",
                width, height, width, height);
        svg.append(CONTENT_BEGIN).append(escape(content)).append(CONTENT_END).append('\n');
        add(
                "<rect width=\"%.1f\" height=\"%.1f\" rx=\"8\" fill=\"%s\"/>",
                width, height, hex(ground));
    }

    private static double x(int column) {
        return MARGIN + column * CELL_WIDTH;
    }

    private static double y(int row) {
        return MARGIN + row * CELL_HEIGHT;
    }

    private void grounds(int row) {
        int column = 0;
        while (column < screen.columns()) {
            int from = column;
            int colour = screen.at(from, row).ground();
            while (column < screen.columns() && screen.at(column, row).ground() == colour) {
                column++;
            }
            if (colour != ground) {
                add(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                        x(from), y(row), (column - from) * CELL_WIDTH, CELL_HEIGHT, hex(colour));
            }
        }
    }

    private void shapes(int row) {
        TreeMap<Integer, StringBuilder> paths = new TreeMap<>();
        for (int column = 0; column < screen.columns(); column++) {
            Cell cell = screen.at(column, row);
            int end = column + 1;
            if (cell.glyph().equals("─")) {
                while (end < screen.columns() && screen.at(end, row).equals(cell)) {
                    end++;
                }
            }
            double width = (end - column) * CELL_WIDTH;
            Optional<CellShapes.Filled> filled =
                    end - column > 1
                            ? line(column, row, width)
                            : CellShapes.of(
                                    cell.glyph(), x(column), y(row), CELL_WIDTH, CELL_HEIGHT);
            if (filled.isPresent()) {
                int colour = ScreenPng.mixed(cell, filled.get().share());
                path(filled.get(), paths.computeIfAbsent(colour, _ -> new StringBuilder()));
            }
            column = end - 1;
        }
        paths.forEach((colour, path) -> add("<path d=\"%s\" fill=\"%s\"/>", path, hex(colour)));
    }

    private static Optional<CellShapes.Filled> line(int column, int row, double width) {
        double thick = CELL_WIDTH * 0.09;
        double top = y(row) + CELL_HEIGHT / 2 - thick / 2;
        return Optional.of(
                new CellShapes.Filled(
                        new java.awt.geom.Rectangle2D.Double(x(column), top, width, thick), 1));
    }

    private static void path(CellShapes.Filled filled, StringBuilder to) {
        double[] at = new double[6];
        PathIterator steps = filled.shape().getPathIterator(null);
        for (; !steps.isDone(); steps.next()) {
            int kind = steps.currentSegment(at);
            int numbers =
                    switch (kind) {
                        case PathIterator.SEG_CLOSE -> 0;
                        case PathIterator.SEG_QUADTO -> 4;
                        case PathIterator.SEG_CUBICTO -> 6;
                        default -> 2;
                    };
            to.append("MLQCZ".charAt(kind));
            for (int i = 0; i < numbers; i++) {
                to.append(i > 0 ? " " : "").append(number(at[i]));
            }
        }
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    private void texts(int row) {
        int column = 0;
        while (column < screen.columns()) {
            Cell cell = screen.at(column, row);
            if (drawn(cell) || cell.glyph().isBlank()) {
                column++;
                continue;
            }
            int from = column;
            int end = column;
            StringBuilder text = new StringBuilder();
            while (column < screen.columns() && alike(cell, screen.at(column, row))) {
                text.append(screen.at(column, row).glyph());
                column++;
                if (!screen.at(column - 1, row).glyph().isBlank()
                        || screen.at(column - 1, row).glyph().isEmpty()) {
                    end = column;
                }
            }
            add(
                    "<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\""
                            + " lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"%s>%s</text>",
                    x(from),
                    y(row) + CELL_HEIGHT * 0.75,
                    (end - from) * CELL_WIDTH,
                    hex(cell.ink()),
                    attributes(cell),
                    escape(text.toString().stripTrailing()));
        }
    }

    private static boolean drawn(Cell cell) {
        return CellShapes.of(cell.glyph(), 0, 0, 1, 1).isPresent();
    }

    private static boolean alike(Cell one, Cell other) {
        return one.ink() == other.ink()
                && one.bold() == other.bold()
                && one.italic() == other.italic()
                && one.underline() == other.underline()
                && !drawn(other);
    }

    private static String attributes(Cell cell) {
        return (cell.bold() ? " font-weight=\"bold\"" : "")
                + (cell.italic() ? " font-style=\"italic\"" : "")
                + (cell.underline() ? " text-decoration=\"underline\"" : "");
    }

    private static String hex(int rgb) {
        return String.format("#%06x", rgb);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
