package dev.simmer.logs;

import java.nio.charset.StandardCharsets;

/** Text that Simmer did not write, made safe to print. */
public final class TerminalText {
    private TerminalText() {}

    /** A line of a log, its line break not included. */
    public static StyledLine line(byte[] bytes, int from, int to) {
        return line(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** The same for text that is decoded already. */
    public static StyledLine line(String text) {
        return new StyledLine(
                text.replaceAll("\\p{Cntrl}(\\[[0-9;:]*[A-Za-z])?", ""), java.util.List.of());
    }

    /** The letters alone: for names and messages. */
    public static String plain(String text) {
        return line(text).text();
    }
}
