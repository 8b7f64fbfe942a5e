package dev.simmer.logs;

import dev.simmer.logs.Style.Color;
import java.util.Arrays;

/**
 * The colours and decoration that "select graphic rendition" sequences have set so far (ECMA-48
 * 8.3.117; colours by number and by parts after ITU-T T.416, with colons or semicolons).
 */
final class SgrState {
    private static final int DEFAULT = -1;
    private static final int RGB = 1 << 24;

    private static final int BOLD = 1;
    private static final int DIM = 2;
    private static final int ITALIC = 4;
    private static final int UNDERLINE = 8;
    private static final int INVERSE = 16;

    private static final Color[] PALETTE = palette();

    /** Styles made lately, by hash; each entry may be replaced at any time. */
    private static final Entry[] LATELY = lately();

    private record Entry(long key, Style style) {}

    private int foreground = DEFAULT;
    private int background = DEFAULT;
    private int flags;
    private Style style = Style.PLAIN;

    private static Color[] palette() {
        Color[] colors = new Color[256];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = new Color.Indexed(i);
        }
        return colors;
    }

    private static Entry[] lately() {
        Entry[] entries = new Entry[256];
        Arrays.fill(entries, new Entry(0, Style.PLAIN));
        return entries;
    }

    /** How text looks that is printed now. */
    Style style() {
        return style;
    }

    /**
     * Takes the parameters of one sequence.
     *
     * @param values of the parameters, -1 where one is left out
     * @param sub whether a colon stands before the parameter
     * @param count how many there are; 0 resets everything
     */
    void apply(int[] values, boolean[] sub, int count) {
        if (count == 0) {
            reset();
        }
        int i = 0;
        while (i < count) {
            int end = i + 1;
            while (end < count && sub[end]) {
                end++;
            }
            i = one(values, i, end, count);
        }
        update();
    }

    private void reset() {
        foreground = DEFAULT;
        background = DEFAULT;
        flags = 0;
    }

    /** Takes one parameter with its colon parts; answers where the next one is. */
    private int one(int[] values, int i, int end, int count) {
        int value = Math.max(0, values[i]);
        if (value == 38 || value == 48 || value == 58) {
            return color(value, values, i, end, count);
        }
        if (value == 4 && end > i + 1) {
            set(UNDERLINE, values[i + 1] != 0);
            return end;
        }
        if (end > i + 1) {
            return end;
        }
        simple(value);
        return end;
    }

    private void simple(int value) {
        switch (value) {
            case 0 -> reset();
            case 1 -> set(BOLD, true);
            case 2 -> set(DIM, true);
            case 3 -> set(ITALIC, true);
            case 4, 21 -> set(UNDERLINE, true);
            case 7 -> set(INVERSE, true);
            case 22 -> set(BOLD | DIM, false);
            case 23 -> set(ITALIC, false);
            case 24 -> set(UNDERLINE, false);
            case 27 -> set(INVERSE, false);
            case 39 -> foreground = DEFAULT;
            case 49 -> background = DEFAULT;
            default -> palette16(value);
        }
    }

    private void palette16(int value) {
        if (value >= 30 && value <= 37) {
            foreground = value - 30;
        } else if (value >= 40 && value <= 47) {
            background = value - 40;
        } else if (value >= 90 && value <= 97) {
            foreground = value - 90 + 8;
        } else if (value >= 100 && value <= 107) {
            background = value - 100 + 8;
        }
    }

    private int color(int target, int[] values, int i, int end, int count) {
        boolean colons = end > i + 1;
        int limit = colons ? end : count;
        int mode = i + 1 < limit ? values[i + 1] : -1;
        if (mode == 5) {
            if (i + 2 < limit) {
                assign(target, indexed(values[i + 2]));
            }
            return colons ? end : Math.min(count, i + 3);
        }
        if (mode == 2) {
            // With colons a colour space may stand before the parts.
            int first = colons && end - i >= 6 ? i + 3 : i + 2;
            if (first + 2 < limit) {
                assign(target, rgb(values[first], values[first + 1], values[first + 2]));
            }
            return colons ? end : Math.min(count, i + 5);
        }
        return colons ? end : Math.min(count, i + 2);
    }

    private static int indexed(int value) {
        return value > 255 ? DEFAULT - 1 : Math.max(0, value);
    }

    private static int rgb(int red, int green, int blue) {
        if (red > 255 || green > 255 || blue > 255) {
            return DEFAULT - 1;
        }
        return RGB | Math.max(0, red) << 16 | Math.max(0, green) << 8 | Math.max(0, blue);
    }

    private void assign(int target, int color) {
        if (color < DEFAULT) {
            return;
        }
        if (target == 38) {
            foreground = color;
        } else if (target == 48) {
            background = color;
        }
    }

    private void set(int flag, boolean on) {
        flags = on ? flags | flag : flags & ~flag;
    }

    private void update() {
        // A colour takes 26 bits from the default's 0 on, the decoration 5; all plain is 0.
        long key = ((foreground + 1L) << 31) | ((background + 1L) << 5) | flags;
        int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> 56);
        Entry lately = LATELY[slot];
        if (lately.key() != key) {
            lately = new Entry(key, made());
            LATELY[slot] = lately;
        }
        style = lately.style();
    }

    private Style made() {
        return new Style(
                of(foreground),
                of(background),
                (flags & BOLD) != 0,
                (flags & DIM) != 0,
                (flags & ITALIC) != 0,
                (flags & UNDERLINE) != 0,
                (flags & INVERSE) != 0);
    }

    private static Color of(int color) {
        if (color == DEFAULT) {
            return Color.DEFAULT;
        }
        return color < RGB
                ? PALETTE[color]
                : new Color.Rgb(color >> 16 & 0xff, color >> 8 & 0xff, color & 0xff);
    }
}
