package dev.simmer.terminal;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.regex.Pattern;

/**
 * The outlines of a font's letters from {@code src/test/resources/glyphs}: pictures look the same
 * on every machine, also on one without fonts.
 */
final class GlyphOutlines {
    private static final double EM = 2048;
    private static final double ADVANCE = 1233;
    private static final double BASELINE = 0.76;
    private static final double SLANT = -0.2;
    private static final Pattern COMMAND = Pattern.compile("(?<=[\\dZ])(?=[MLQZ])");

    private final Map<Integer, Path2D> outlines = new HashMap<>();
    private final Map<Integer, Double> advances = new HashMap<>();

    private GlyphOutlines() {}

    /** Reads {@code regular.txt} or {@code bold.txt}. */
    static GlyphOutlines read(Path file) throws IOException {
        GlyphOutlines font = new GlyphOutlines();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", 3);
            int code = Integer.parseInt(parts[0], 16);
            font.advances.put(code, Double.valueOf(parts[1]));
            font.outlines.put(code, path(parts[2]));
        }
        return font;
    }

    private static Path2D path(String text) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        for (String command : COMMAND.split(text, -1)) {
            try (Scanner numbers = new Scanner(command.substring(1))) {
                switch (command.charAt(0)) {
                    case 'M' -> path.moveTo(numbers.nextInt(), numbers.nextInt());
                    case 'L' -> path.lineTo(numbers.nextInt(), numbers.nextInt());
                    case 'Q' ->
                            path.quadTo(
                                    numbers.nextInt(),
                                    numbers.nextInt(),
                                    numbers.nextInt(),
                                    numbers.nextInt());
                    case 'Z' -> path.closePath();
                    default -> throw new IllegalArgumentException(command);
                }
            }
        }
        return path;
    }

    /**
     * A letter in its cell; empty where the font lacks it. One that is too wide is made smaller.
     */
    Optional<Shape> shape(
            String glyph, double x, double y, double width, double height, boolean slanted) {
        int code = glyph.codePointAt(0);
        Path2D outline = outlines.get(code);
        if (outline == null || glyph.codePointCount(0, glyph.length()) > 1) {
            return Optional.empty();
        }
        double scale = width / ADVANCE;
        double narrow = Math.min(1, ADVANCE / advances.getOrDefault(code, ADVANCE));
        AffineTransform place = new AffineTransform();
        place.translate(x, y + height * BASELINE);
        place.scale(scale, -scale);
        if (narrow < 1) {
            place.translate(0, EM * 0.36 * (1 - narrow));
            place.scale(narrow, narrow);
        }
        if (slanted) {
            place.shear(-SLANT, 0);
        }
        return Optional.of(place.createTransformedShape(outline));
    }
}
