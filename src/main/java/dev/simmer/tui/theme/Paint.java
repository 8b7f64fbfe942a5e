package dev.simmer.tui.theme;

/**
 * How a cell looks, packed into a {@code long}: the foreground in bits 0 to 25, the background in
 * bits 26 to 51, attributes above. A colour is 0 for the terminal's own, {@code INDEXED | n} for
 * the palette, {@code RGB | 0xrrggbb} for 24 bits. Frames compare and hold a long per cell.
 */
public final class Paint {
    /** A palette colour's mark. */
    public static final int INDEXED = 1 << 24;

    /** A 24-bit colour's mark. */
    public static final int RGB = 2 << 24;

    /** Heavier letters. */
    public static final long BOLD = 1L << 52;

    /** Fainter letters. */
    public static final long DIM = 1L << 53;

    /** Slanted letters. */
    public static final long ITALIC = 1L << 54;

    /** A line below. */
    public static final long UNDERLINE = 1L << 55;

    /** Foreground and background exchanged. */
    public static final long INVERSE = 1L << 56;

    /** All attributes. */
    public static final long ATTRIBUTES = BOLD | DIM | ITALIC | UNDERLINE | INVERSE;

    private static final int COLOUR = 0x3ffffff;
    private static final int BACKGROUND_SHIFT = 26;

    private Paint() {}

    /** Packs colours and attributes. */
    public static long of(int foreground, int background, long attributes) {
        return (foreground & COLOUR)
                | ((long) (background & COLOUR) << BACKGROUND_SHIFT)
                | (attributes & ATTRIBUTES);
    }

    /** The packed colour of the letters. */
    public static int foreground(long paint) {
        return (int) (paint & COLOUR);
    }

    /** The packed colour behind the letters. */
    public static int background(long paint) {
        return (int) ((paint >>> BACKGROUND_SHIFT) & COLOUR);
    }

    /** The attribute bits. */
    public static long attributes(long paint) {
        return paint & ATTRIBUTES;
    }

    /** Appends the SGR sequence that sets this look, whatever was set before. */
    public static void appendSgr(StringBuilder out, long paint) {
        out.append("\u001b[0");
        if ((paint & BOLD) != 0) {
            out.append(";1");
        }
        if ((paint & DIM) != 0) {
            out.append(";2");
        }
        if ((paint & ITALIC) != 0) {
            out.append(";3");
        }
        if ((paint & UNDERLINE) != 0) {
            out.append(";4");
        }
        if ((paint & INVERSE) != 0) {
            out.append(";7");
        }
        appendColour(out, foreground(paint), 30);
        appendColour(out, background(paint), 40);
        out.append('m');
    }

    /** Appends what turns the look {@code from} into {@code to}, which have equal attributes. */
    public static void appendColours(StringBuilder out, long from, long to) {
        boolean letters = foreground(from) != foreground(to);
        boolean ground = background(from) != background(to);
        if (!letters && !ground) {
            return;
        }
        int start = out.length();
        out.append("\u001b[");
        if (letters) {
            appendChange(out, foreground(to), 30);
        }
        if (ground) {
            appendChange(out, background(to), 40);
        }
        out.deleteCharAt(start + 2);
        out.append('m');
    }

    private static void appendChange(StringBuilder out, int colour, int base) {
        if (colour == 0) {
            out.append(';').append(base + 9);
        } else {
            appendColour(out, colour, base);
        }
    }

    private static void appendColour(StringBuilder out, int colour, int base) {
        int value = colour & 0xffffff;
        if ((colour & RGB) != 0) {
            out.append(';').append(base + 8).append(";2;").append(value >> 16);
            out.append(';').append((value >> 8) & 0xff).append(';').append(value & 0xff);
        } else if ((colour & INDEXED) == 0) {
            return;
        } else if (value < 8) {
            out.append(';').append(base + value);
        } else if (value < 16) {
            out.append(';').append(base + 60 + value - 8);
        } else {
            out.append(';').append(base + 8).append(";5;").append(value);
        }
    }
}
