package dev.simmer.tui.view;

import dev.simmer.tui.model.History;

/**
 * Lines of samples as text of braille patterns: two samples in a cell, four levels high. Unicode
 * 17.0, block U+2800: dots 7 3 2 1 from the bottom on the left, 8 6 5 4 on the right.
 */
final class Braille {
    /** Samples in one cell. */
    static final int SAMPLES = 2;

    private static final int LEVELS = 4;
    private static final int[] LEFT = {0x00, 0x40, 0x44, 0x46, 0x47};
    private static final int[] RIGHT = {0x00, 0x80, 0xa0, 0xb0, 0xb8};
    private static final String[] CELLS = new String[256];

    static {
        for (int i = 0; i < CELLS.length; i++) {
            CELLS[i] = i == 0 ? " " : String.valueOf((char) (0x2800 + i));
        }
    }

    private Braille() {}

    /**
     * A line as text, one column for every two samples.
     *
     * @param samples oldest first; what is negative is not known and leaves a gap
     * @param top what fills the height; larger samples do so too. Known samples show one level at
     *     least, so that nothing used looks different from nothing known
     */
    static String line(float[] samples, double top) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < samples.length; i += SAMPLES) {
            float right = i + 1 < samples.length ? samples[i + 1] : History.NONE;
            text.append(CELLS[LEFT[level(samples[i], top)] | RIGHT[level(right, top)]]);
        }
        return text.toString();
    }

    /** The largest sample, or something else where that is larger; at least a little above 0. */
    static double top(float[] samples, double least) {
        double top = Math.max(least, Double.MIN_NORMAL);
        for (float sample : samples) {
            top = Math.max(top, sample);
        }
        return top;
    }

    private static int level(float sample, double top) {
        if (sample < 0) {
            return 0;
        }
        return (int) Math.clamp(Math.ceil(LEVELS * sample / top), 1, LEVELS);
    }
}
