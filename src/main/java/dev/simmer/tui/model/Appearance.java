package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which theme is shown, and which there are.
 *
 * @param names all that can be chosen; {@link #AUTO} first, so never empty
 * @param chosen the one that is kept
 * @param tried the one that is shown while another is looked for
 * @param light whether the terminal's own background is light, as far as it is known
 * @param readings how often the files of themes were read
 */
public record Appearance(
        List<String> names, String chosen, Optional<String> tried, boolean light, int readings) {
    /** The name of no theme: {@link #DARK} or {@link #LIGHT}, as the terminal is. */
    public static final String AUTO = "auto";

    /** What is shown in a dark terminal where nothing is chosen. */
    public static final String DARK = "simmer-dark";

    /** What is shown in a light terminal where nothing is chosen. */
    public static final String LIGHT = "simmer-light";

    /** A background of this relative luminance has the same contrast to black as to white. */
    private static final double MIDDLE = 0.179;

    public Appearance {
        names = List.copyOf(names);
    }

    static Appearance of(List<String> themes, String chosen) {
        return new Appearance(withAuto(themes), chosen, Optional.empty(), false, 0);
    }

    private static List<String> withAuto(List<String> themes) {
        List<String> names = new ArrayList<>(themes);
        names.remove(AUTO);
        names.addFirst(AUTO);
        return names;
    }

    /** The theme that is to be drawn. */
    public String shown() {
        return drawn(tried.orElse(chosen));
    }

    /** The theme that a name stands for. */
    public String drawn(String name) {
        if (!name.equals(AUTO)) {
            return name;
        }
        return light ? LIGHT : DARK;
    }

    Appearance trying(String name) {
        return new Appearance(names, chosen, Optional.of(name), light, readings);
    }

    Appearance keeping(String name) {
        return new Appearance(names, name, Optional.empty(), light, readings);
    }

    Appearance read(List<String> themes) {
        return new Appearance(withAuto(themes), chosen, tried, light, readings + 1);
    }

    /** The same in a terminal with this background, of 24 bits. */
    Appearance on(int rgb) {
        boolean bright = luminance(rgb) > MIDDLE;
        return bright == light ? this : new Appearance(names, chosen, tried, bright, readings);
    }

    /** Relative luminance as in WCAG 2.2, 0 to 1. */
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff)
                + 0.7152 * linear(rgb >> 8 & 0xff)
                + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
