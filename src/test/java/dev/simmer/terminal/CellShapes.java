package dev.simmer.terminal;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.Optional;

/**
 * Lines, blocks and Braille patterns drawn to the edges of their cells, so that neighbours meet
 * without a gap, which a font does not promise.
 */
final class CellShapes {
    private static final double THIN = 0.09;
    private static final double HEAVY = 0.2;

    /** The arms of line-drawing characters: up, right, down, left; 1 is thin, 2 heavy. */
    private static final Map<Character, String> ARMS =
            Map.ofEntries(
                    Map.entry('─', "0101"),
                    Map.entry('━', "0202"),
                    Map.entry('│', "1010"),
                    Map.entry('┃', "2020"),
                    Map.entry('┌', "0110"),
                    Map.entry('┐', "0011"),
                    Map.entry('└', "1100"),
                    Map.entry('┘', "1001"),
                    Map.entry('├', "1110"),
                    Map.entry('┤', "1011"),
                    Map.entry('┬', "0111"),
                    Map.entry('┴', "1101"),
                    Map.entry('┼', "1111"),
                    Map.entry('╴', "0001"),
                    Map.entry('╵', "1000"),
                    Map.entry('╶', "0100"),
                    Map.entry('╷', "0010"),
                    Map.entry('╸', "0002"),
                    Map.entry('╺', "0200"));

    /** Braille dots 1 to 8 by column and row. */
    private static final int[][] DOTS = {
        {0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}
    };

    private CellShapes() {}

    /** What a shape is filled with: the letters' colour, or some of it. */
    record Filled(Shape shape, double share) {}

    /**
     * The shape of a character in the cell whose upper left corner is (x, y); empty for one that a
     * font draws.
     */
    static Optional<Filled> of(String glyph, double x, double y, double width, double height) {
        if (glyph.length() != 1) {
            return Optional.empty();
        }
        char c = glyph.charAt(0);
        String arms = ARMS.getOrDefault(c, "");
        if (!arms.isEmpty()) {
            return Optional.of(new Filled(arms(arms, x, y, width, height), 1));
        }
        if (c >= '╭' && c <= '╰') {
            return Optional.of(new Filled(corner(c, x, y, width, height), 1));
        }
        if (c >= '▀' && c <= '▐') {
            return Optional.of(new Filled(block(c, x, y, width, height), 1));
        }
        if (c >= '░' && c <= '▓') {
            Shape whole = new Rectangle2D.Double(x, y, width, height);
            return Optional.of(new Filled(whole, 0.25 * (c - '░' + 1)));
        }
        return c > 0x2800 && c <= 0x28ff
                ? Optional.of(new Filled(dots(c - 0x2800, x, y, width, height), 1))
                : Optional.empty();
    }

    private static Shape arms(String arms, double x, double y, double width, double height) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double middleX = x + width / 2;
        double middleY = y + height / 2;
        for (int i = 0; i < 4; i++) {
            int weight = arms.charAt(i) - '0';
            if (weight == 0) {
                continue;
            }
            double half = width * (weight == 1 ? THIN : HEAVY) / 2;
            double left = i == 3 ? x : middleX - half;
            double right = i == 1 ? x + width : middleX + half;
            double top = i == 0 ? y : middleY - half;
            double bottom = i == 2 ? y + height : middleY + half;
            path.append(new Rectangle2D.Double(left, top, right - left, bottom - top), false);
        }
        return path;
    }

    private static Shape corner(char c, double x, double y, double width, double height) {
        double middleX = x + width / 2;
        double middleY = y + height / 2;
        double edgeX = c == '╭' || c == '╰' ? x + width : x;
        double edgeY = c == '╭' || c == '╮' ? y + height : y;
        double radius = width / 2;
        double turn = middleY + Math.signum(edgeY - middleY) * radius;
        Path2D path = new Path2D.Double();
        path.moveTo(edgeX, middleY);
        path.quadTo(middleX, middleY, middleX, turn);
        path.lineTo(middleX, edgeY);
        double thick = width * THIN;
        return new BasicStroke((float) thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                .createStrokedShape(path);
    }

    private static Shape block(char c, double x, double y, double width, double height) {
        if (c == '▀') {
            return new Rectangle2D.Double(x, y, width, height / 2);
        }
        if (c == '▐') {
            return new Rectangle2D.Double(x + width / 2, y, width / 2, height);
        }
        if (c <= '█') {
            double part = height * (c - '▀') / 8;
            return new Rectangle2D.Double(x, y + height - part, width, part);
        }
        return new Rectangle2D.Double(x, y, width * ('▐' - c) / 8, height);
    }

    private static Shape dots(int pattern, double x, double y, double width, double height) {
        Path2D path = new Path2D.Double();
        double size = width * 0.34;
        for (int i = 0; i < DOTS.length; i++) {
            if ((pattern >> i & 1) != 0) {
                double middleX = x + width * (DOTS[i][0] * 2 + 1) / 4;
                double middleY = y + height * (DOTS[i][1] * 2 + 1) / 8;
                path.append(
                        new Ellipse2D.Double(middleX - size / 2, middleY - size / 2, size, size),
                        false);
            }
        }
        return path;
    }
}
