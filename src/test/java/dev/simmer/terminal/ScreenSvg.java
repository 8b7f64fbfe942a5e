package dev.simmer.terminal;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.Style;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TerminalText;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal's screen as an SVG picture. */
final class ScreenSvg {
    private static final double CELL_WIDTH = 8.4;
    private static final double CELL_HEIGHT = 18;
    private static final double FONT_SIZE = 14;
    private static final double MARGIN = 12;
    private static final Pattern SGR = Pattern.compile("\\x1b\\[([0-9;:]*)m");

    /** The 16 colours of a dark terminal, for what a task prints. */
    private static final List<String> PALETTE =
            List.of(
                    "#22262f", "#ff8f8f", "#8bd49c", "#ecc974", "#86b7ff", "#cdaef9", "#78d3d0",
                    "#d7dbe2", "#5b6373", "#ffb3b3", "#b0e8bd", "#f5dd9c", "#b0d0ff", "#e0ccff",
                    "#a5e6e3", "#ffffff");

    private final String ground;
    private final String ink;
    private final StringBuilder svg = new StringBuilder();

    private ScreenSvg(String ground, String ink) {
        this.ground = ground;
        this.ink = ink;
    }

    /**
     * The picture.
     *
     * @param screen lines with escape sequences for colours, as {@code tmux capture-pane -e} prints
     * @param ground the terminal's own background, as {@code #rrggbb}
     * @param ink the terminal's own foreground
     */
    static String of(String screen, int columns, int rows, String ground, String ink) {
        ScreenSvg picture = new ScreenSvg(ground, ink);
        picture.open(columns, rows);
        String carried = "";
        int row = 0;
        for (String line : (Iterable<String>) screen.lines().limit(rows)::iterator) {
            picture.line(row, TerminalText.line(carried + line));
            carried = carriedAfter(carried, line);
            row++;
        }
        picture.svg.append("</svg>\n");
        return picture.svg.toString();
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

    private void open(int columns, int rows) {
        double width = columns * CELL_WIDTH + 2 * MARGIN;
        double height = rows * CELL_HEIGHT + 2 * MARGIN;
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.1f %.1f\""
                                + " width=\"%.0f\" height=\"%.0f\" font-size=\"%.0f\""
                                + " font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,monospace\""
                                + " xml:space=\"preserve\">%n",
                        width,
                        height,
                        width,
                        height,
                        FONT_SIZE));
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect width=\"%.1f\" height=\"%.1f\" rx=\"8\" fill=\"%s\"/>%n",
                        width,
                        height,
                        ground));
    }

    private void line(int row, StyledLine line) {
        int at = 0;
        for (StyledLine.Run run : line.runs()) {
            piece(row, line.text(), at, run.start(), Style.PLAIN);
            piece(row, line.text(), run.start(), run.end(), run.style());
            at = run.end();
        }
        piece(row, line.text(), at, line.text().length(), Style.PLAIN);
    }

    private void piece(int row, String text, int start, int end, Style style) {
        if (start >= end) {
            return;
        }
        String part = text.substring(start, end);
        double x = MARGIN + CellWidth.width(text.substring(0, start)) * CELL_WIDTH;
        double y = MARGIN + row * CELL_HEIGHT;
        double width = CellWidth.width(part) * CELL_WIDTH;
        String front = color(style.inverse() ? style.background() : style.foreground(), ink);
        String back = color(style.inverse() ? style.foreground() : style.background(), ground);
        if (style.inverse()) {
            front = style.background() instanceof Style.Color.Default ? ground : front;
            back = style.foreground() instanceof Style.Color.Default ? ink : back;
        }
        if (!back.equals(ground)) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                                    + " fill=\"%s\"/>%n",
                            x,
                            y,
                            width,
                            CELL_HEIGHT,
                            back));
        }
        if (!part.isBlank()) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\""
                                + " lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"%s>%s</text>%n",
                            x,
                            y + CELL_HEIGHT * 0.75,
                            width,
                            front,
                            style.bold() ? " font-weight=\"bold\"" : "",
                            escape(part)));
        }
    }

    private static String color(Style.Color color, String otherwise) {
        return switch (color) {
            case Style.Color.Default _ -> otherwise;
            case Style.Color.Rgb(int r, int g, int b) -> String.format("#%02x%02x%02x", r, g, b);
            case Style.Color.Indexed(int index) -> indexed(index);
        };
    }

    private static String indexed(int index) {
        if (index < 16) {
            return PALETTE.get(index);
        }
        if (index >= 232) {
            int grey = 8 + (index - 232) * 10;
            return String.format("#%02x%02x%02x", grey, grey, grey);
        }
        int cube = index - 16;
        return String.format("#%02x%02x%02x", step(cube / 36), step(cube / 6 % 6), step(cube % 6));
    }

    private static int step(int level) {
        return level == 0 ? 0 : 55 + level * 40;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
