package dev.simmer.terminal;

import dev.simmer.terminal.ScreenCells.Cell;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A terminal's screen as a PNG picture, without a display and without fonts. */
final class ScreenPng {
    static final int CELL_WIDTH = 10;
    static final int CELL_HEIGHT = 21;
    static final int MARGIN = 14;

    private final GlyphOutlines regular;
    private final GlyphOutlines bold;

    ScreenPng(Path glyphs) throws IOException {
        System.setProperty("java.awt.headless", "true");
        regular = GlyphOutlines.read(glyphs.resolve("regular.txt"));
        bold = GlyphOutlines.read(glyphs.resolve("bold.txt"));
    }

    /** Letters of the screen that would be drawn as an empty box. */
    List<String> missing(ScreenCells screen) {
        List<String> missing = new ArrayList<>();
        for (Cell cell : screen.cells()) {
            if (!cell.glyph().isBlank() && shape(cell, 0, 0, 1).isEmpty()) {
                missing.add(cell.glyph());
            }
        }
        return missing;
    }

    /** Draws the screen. */
    void write(ScreenCells screen, int ground, Path file) throws IOException {
        int width = screen.columns() * CELL_WIDTH + 2 * MARGIN;
        int height = screen.rows() * CELL_HEIGHT + 2 * MARGIN;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D to = image.createGraphics();
        to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        to.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        to.setColor(new Color(ground));
        to.fill(new RoundRectangle2D.Double(0, 0, width, height, 16, 16));
        for (int row = 0; row < screen.rows(); row++) {
            for (int column = 0; column < screen.columns(); column++) {
                cell(to, screen, column, row, ground);
            }
        }
        to.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this JDK writes no PNG");
        }
    }

    private void cell(Graphics2D to, ScreenCells screen, int column, int row, int ground) {
        Cell cell = screen.at(column, row);
        int x = MARGIN + column * CELL_WIDTH;
        int y = MARGIN + row * CELL_HEIGHT;
        if (cell.ground() != ground) {
            to.setColor(new Color(cell.ground()));
            to.fill(new Rectangle2D.Double(x, y, CELL_WIDTH, CELL_HEIGHT));
        }
        if (cell.glyph().isBlank()) {
            return;
        }
        boolean wide =
                column + 1 < screen.columns() && screen.at(column + 1, row).glyph().isEmpty();
        Optional<CellShapes.Filled> drawn =
                CellShapes.of(cell.glyph(), x, y, CELL_WIDTH, CELL_HEIGHT);
        to.setColor(new Color(mixed(cell, drawn.map(CellShapes.Filled::share).orElse(1.0))));
        to.fill(
                shape(cell, x, y, wide ? 2 : 1)
                        .orElseGet(() -> new Rectangle2D.Double(x + 2, y + 5, 6, 12)));
        if (cell.underline()) {
            to.fill(new Rectangle2D.Double(x, y + CELL_HEIGHT * 0.85, CELL_WIDTH, 1));
        }
    }

    private Optional<Shape> shape(Cell cell, int x, int y, int columns) {
        double width = (double) columns * CELL_WIDTH;
        return CellShapes.of(cell.glyph(), x, y, width, CELL_HEIGHT)
                .map(CellShapes.Filled::shape)
                .or(() ->
                        (cell.bold() ? bold : regular)
                                .shape(cell.glyph(), x, y, width, CELL_HEIGHT, cell.italic()));
    }

    /** The colour of a shade: some of the letters', the rest of the ground's. */
    static int mixed(Cell cell, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int ink = cell.ink() >> shift & 0xff;
            int ground = cell.ground() >> shift & 0xff;
            mixed |= (int) Math.round(ink * share + ground * (1 - share)) << shift;
        }
        return mixed;
    }
}
