package dev.simmer.tui.theme;

import java.util.Locale;
import java.util.Map;

/** How many colours a terminal has. */
public enum Depth {
    /** None; bold, underline and inverse remain. */
    MONO,
    /** The 16 that every colour terminal has. */
    ANSI16,
    /** The xterm palette. */
    INDEXED256,
    /** 24 bits. */
    RGB;

    /**
     * What the environment says.
     *
     * <p>Sources: no-color.org (NO_COLOR with any value that is not empty), and the COLORTERM
     * convention of terminals with 24-bit colours.
     */
    public static Depth of(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        String colorTerm = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
                || term.isEmpty()
                || term.equals("dumb")
                || term.startsWith("vt")) {
            return MONO;
        }
        if (colorTerm.equals("truecolor") || colorTerm.equals("24bit") || term.endsWith("direct")) {
            return RGB;
        }
        return term.contains("256color") ? INDEXED256 : ANSI16;
    }
}
