package dev.simmer.logs;

/**
 * How a piece of text looks.
 *
 * @param foreground colour of the letters
 * @param background colour behind them
 * @param bold heavier letters
 * @param dim fainter letters
 * @param italic slanted letters
 * @param underline a line below
 * @param inverse foreground and background exchanged
 */
public record Style(
        Color foreground,
        Color background,
        boolean bold,
        boolean dim,
        boolean italic,
        boolean underline,
        boolean inverse) {
    /** The terminal's own colours and no decoration. */
    public static final Style PLAIN =
            new Style(Color.DEFAULT, Color.DEFAULT, false, false, false, false, false);

    /** A colour as escape sequences name it. */
    public sealed interface Color {
        /** The terminal's own colour. */
        Color DEFAULT = new Default();

        /** The terminal's own colour. */
        record Default() implements Color {}

        /**
         * A colour of the terminal's palette.
         *
         * @param index 0 to 7 normal, 8 to 15 bright, 16 to 231 the cube, 232 to 255 greys
         */
        record Indexed(int index) implements Color {
            public Indexed {
                if (index < 0 || index > 255) {
                    throw new IllegalArgumentException("a palette index is 0 to 255: " + index);
                }
            }
        }

        /**
         * A colour of 24 bits.
         *
         * @param red 0 to 255
         * @param green 0 to 255
         * @param blue 0 to 255
         */
        record Rgb(int red, int green, int blue) implements Color {
            public Rgb {
                if (((red | green | blue) & ~0xff) != 0) {
                    throw new IllegalArgumentException("a colour's parts are 0 to 255");
                }
            }
        }
    }
}
