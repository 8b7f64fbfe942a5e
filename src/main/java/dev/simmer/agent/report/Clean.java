package dev.simmer.agent.report;

/** Text of others made harmless: no control characters, no invisible changes of direction. */
final class Clean {
    private Clean() {}

    /** One line: line breaks and tabs become a blank, other control characters vanish. */
    static String line(String text) {
        return clean(text, false).strip();
    }

    /** Many lines: {@code \r\n} and {@code \r} become {@code \n}, tabs stay. */
    static String lines(String text) {
        return clean(text.replace("\r\n", "\n").replace('\r', '\n'), true);
    }

    /** Whether a name holds something that must not be in one. */
    static boolean unfit(String name) {
        return name.codePoints().anyMatch(Clean::hidden);
    }

    private static String clean(String text, boolean keepLines) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    if (point == '\n' || point == '\t') {
                        clean.append(keepLines ? (char) point : ' ');
                    } else if (point == '\r' || point == 0x85 || point == 0x2028) {
                        clean.append(' ');
                    } else if (!hidden(point)) {
                        clean.appendCodePoint(point);
                    }
                });
        return clean.toString();
    }

    private static boolean hidden(int point) {
        return Character.isISOControl(point)
                || point == 0x2028
                || point == 0x2029
                || point == 0xFEFF
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                || (point >= 0xFFFE && point <= 0xFFFF);
    }
}
