package dev.simmer.agent.report;

import java.nio.charset.StandardCharsets;

/** Texts cut to a number of bytes of UTF-8, with a line that says so. */
final class Cut {
    private Cut() {}

    /** The beginning. */
    static String head(String text, int mostBytes) {
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += bytes(point);
            if (bytes > mostBytes) {
                return text.substring(0, end) + "\n" + left(text.substring(end));
            }
            end += Character.charCount(point);
        }
        return text;
    }

    /** The end. */
    static String tail(String text, int mostBytes) {
        int begin = text.length();
        int bytes = 0;
        while (begin > 0) {
            int point = text.codePointBefore(begin);
            bytes += bytes(point);
            if (bytes > mostBytes) {
                return left(text.substring(0, begin)) + "\n" + text.substring(begin);
            }
            begin -= Character.charCount(point);
        }
        return text;
    }

    private static String left(String rest) {
        return "(" + rest.getBytes(StandardCharsets.UTF_8).length + " bytes left out)";
    }

    private static int bytes(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
