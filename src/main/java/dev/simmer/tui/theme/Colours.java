package dev.simmer.tui.theme;

/**
 * Colour arithmetic: contrast, and the palette entry that looks most like a colour.
 *
 * <p>Sources: contrast as in WCAG 2.2, "contrast ratio"; likeness as the distance in Oklab (Björn
 * Ottosson, "A perceptual color space for image processing", 2020); the palette as in xterm's
 * 256colres.h.
 */
public final class Colours {
    private static final int[] ANSI = {
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
        0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
    };
    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};
    private static final double[][] LAB = new double[256][];
    private static final double[] LUMINANCE = new double[256];

    /** What a screen reflects, as the standard takes it. */
    private static final double FLARE = 0.05;

    private static final int NO_GROUND = -1;

    /** A colour of less chroma is taken for a grey. */
    private static final double GREY = 0.04;

    /** What another hue costs among the first 16, where pastels have nothing near them. */
    private static final double HUE = 0.05;

    static {
        for (int i = 0; i < 256; i++) {
            LAB[i] = oklab(rgb(i));
            LUMINANCE[i] = luminance(rgb(i));
        }
    }

    private Colours() {}

    /** The 24-bit value of a palette entry, 0 to 255, as xterm shows it. */
    public static int rgb(int index) {
        if (index < 16) {
            return ANSI[index];
        }
        if (index < 232) {
            int cell = index - 16;
            return CUBE[cell / 36] << 16 | CUBE[cell / 6 % 6] << 8 | CUBE[cell % 6];
        }
        int grey = 8 + (index - 232) * 10;
        return grey << 16 | grey << 8 | grey;
    }

    /** From 1 (the same lightness) to 21 (black on white). */
    public static double contrast(int rgb, int otherRgb) {
        double one = luminance(rgb);
        double other = luminance(otherRgb);
        return (Math.max(one, other) + FLARE) / (Math.min(one, other) + FLARE);
    }

    /** The most similar entry of the cube and the greys; the first 16 differ from user to user. */
    public static int nearest256(int rgb) {
        return nearest(rgb, 16, 256, 0, NO_GROUND, 0);
    }

    /**
     * The most similar of the first 16 entries; a colour keeps its hue rather than its strength.
     */
    public static int nearest16(int rgb) {
        return nearest(rgb, 0, 16, HUE, NO_GROUND, 0);
    }

    /**
     * The most similar entry, but for the first 16, that is readable.
     *
     * @param ground the entry below the letters
     * @param least the contrast that is asked for; every ground has one of 4.58 at least
     */
    public static int nearest256(int rgb, int ground, double least) {
        return nearest(rgb, 16, 256, 0, ground, least);
    }

    /** The most similar of the first 16 entries that is readable, if xterm's colours are shown. */
    public static int nearest16(int rgb, int ground, double least) {
        return nearest(rgb, 0, 16, HUE, ground, least);
    }

    private static int nearest(
            int rgb, int from, int to, double hueCost, int ground, double contrast) {
        double[] wanted = oklab(rgb);
        int best = from;
        double least = Double.MAX_VALUE;
        for (int i = from; i < to; i++) {
            double[] lab = LAB[i];
            double distance =
                    square(wanted[0] - lab[0])
                            + square(wanted[1] - lab[1])
                            + square(wanted[2] - lab[2])
                            + hueCost * otherHue(wanted, lab);
            if (distance < least && (ground == NO_GROUND || contrast(i, ground, contrast))) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static boolean contrast(int entry, int ground, double least) {
        double one = LUMINANCE[entry] + FLARE;
        double other = LUMINANCE[ground] + FLARE;
        return Math.max(one, other) >= least * Math.min(one, other);
    }

    /** 0 for the same hue, 4 for the opposite one; nothing matches a grey better or worse. */
    private static double otherHue(double[] wanted, double[] lab) {
        double chroma = Math.hypot(wanted[1], wanted[2]);
        double other = Math.hypot(lab[1], lab[2]);
        if (chroma < GREY) {
            return 0;
        }
        return other < GREY
                ? 1
                : square(wanted[1] / chroma - lab[1] / other)
                        + square(wanted[2] / chroma - lab[2] / other);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff)
                + 0.7152 * linear(rgb >> 8 & 0xff)
                + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double[] oklab(int rgb) {
        double r = linear(rgb >> 16 & 0xff);
        double g = linear(rgb >> 8 & 0xff);
        double b = linear(rgb & 0xff);
        double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }
}
