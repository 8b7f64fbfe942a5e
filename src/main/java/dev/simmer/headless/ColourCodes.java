package dev.simmer.headless;

import dev.simmer.logs.Style;
import dev.simmer.logs.Style.Color;
import dev.simmer.logs.StyledLine;

/** Writes styled text for a terminal, by the codes of ECMA-48 "Select Graphic Rendition". */
public final class ColourCodes {
    private ColourCodes() {}

    /** Appends the line; the terminal is left as plain as it was found. */
    public static void append(StringBuilder to, StyledLine line) {
        String text = line.text();
        int at = 0;
        for (StyledLine.Run run : line.runs()) {
            to.append(text, at, run.start()).append("\033[");
            codes(to, run.style());
            to.append('m').append(text, run.start(), run.end()).append("\033[0m");
            at = run.end();
        }
        to.append(text, at, text.length());
    }

    private static void codes(StringBuilder to, Style style) {
        to.append('0');
        to.append(style.bold() ? ";1" : "");
        to.append(style.dim() ? ";2" : "");
        to.append(style.italic() ? ";3" : "");
        to.append(style.underline() ? ";4" : "");
        to.append(style.inverse() ? ";7" : "");
        colour(to, style.foreground(), 30);
        colour(to, style.background(), 40);
    }

    /**
     * @param base 30 for the letters, 40 for what is behind them
     */
    private static void colour(StringBuilder to, Color colour, int base) {
        switch (colour) {
            case Color.Default _ -> {}
            case Color.Indexed(int index) -> {
                if (index < 8) {
                    to.append(';').append(base + index);
                } else if (index < 16) {
                    to.append(';').append(base + 60 + index - 8);
                } else {
                    to.append(';').append(base + 8).append(";5;").append(index);
                }
            }
            case Color.Rgb(int red, int green, int blue) ->
                    to.append(';')
                            .append(base + 8)
                            .append(";2;")
                            .append(red)
                            .append(';')
                            .append(green)
                            .append(';')
                            .append(blue);
        }
    }
}
