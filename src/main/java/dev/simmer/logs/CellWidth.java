package dev.simmer.logs;

/**
 * How many columns text takes on a terminal, letter by letter as a reader sees them (grapheme
 * clusters): a letter with its accents, a flag and a family of joined emoji are one letter each.
 *
 * <p>East Asian wide and full-width letters and emoji take two columns, ambiguous ones take one. An
 * emoji that variation selector 16 asks for takes two, also where it would take one alone. Unicode
 * 16.0. The text is meant to come from {@link TerminalText}: a control character takes no column.
 *
 * <p>Text of printable ASCII costs one pass over its chars and allocates nothing. For any thread.
 */
public final class CellWidth {
    private CellWidth() {}

    /** Columns of a text. */
    public static int width(CharSequence text) {
        int length = text.length();
        int ascii = asciiPrefix(text, length);
        if (ascii == length) {
            return length;
        }
        // The last ASCII char may be the base of a mark, so it is looked at again.
        int from = Math.max(0, ascii - 1);
        int columns = from;
        Graphemes letters = new Graphemes(text, from);
        while (letters.next()) {
            columns += letters.width();
        }
        return columns;
    }

    /**
     * The longest beginning of a text that fits into some columns; never half a letter.
     *
     * @param columns 0 or more
     */
    public static String clip(String text, int columns) {
        int end = clipEnd(text, columns);
        return end == text.length() ? text : text.substring(0, end);
    }

    /**
     * Where the longest beginning of a text ends that fits into some columns.
     *
     * @return an index of the text, its length where all of it fits
     */
    public static int clipEnd(CharSequence text, int columns) {
        int length = text.length();
        int ascii = asciiPrefix(text, Math.min(length, Math.max(0, columns) + 1));
        if ((ascii == length && length <= columns) || ascii > columns) {
            return Math.min(length, Math.max(0, columns));
        }
        int from = Math.max(0, ascii - 1);
        int used = from;
        Graphemes letters = new Graphemes(text, from);
        while (letters.next()) {
            used += letters.width();
            if (used > columns) {
                return letters.start();
            }
        }
        return length;
    }

    private static int asciiPrefix(CharSequence text, int limit) {
        if (text instanceof String string) {
            return asciiPrefix(string, limit);
        }
        for (int i = 0; i < limit; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                return i;
            }
        }
        return limit;
    }

    /** The same by blocks without a branch, which the JVM compiles well for a known class. */
    private static int asciiPrefix(String text, int limit) {
        int i = 0;
        for (; i <= limit - 16; i += 16) {
            int outside = 0;
            for (int j = i; j < i + 16; j++) {
                char c = text.charAt(j);
                outside |= (c - 0x20) | (0x7e - c);
            }
            if (outside < 0) {
                break;
            }
        }
        for (; i < limit; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                return i;
            }
        }
        return limit;
    }

    /** Goes through a text letter by letter. For one thread. */
    public static final class Graphemes {
        private final CharSequence text;
        private int start;
        private int end;
        private int width;

        /**
         * @param text must not change meanwhile
         */
        public Graphemes(CharSequence text) {
            this(text, 0);
        }

        /**
         * @param text must not change meanwhile
         * @param from index where a letter starts
         */
        public Graphemes(CharSequence text, int from) {
            this.text = text;
            this.end = from;
        }

        /** Moves on to the next letter; false at the end of the text. */
        public boolean next() {
            start = end;
            int length = text.length();
            if (start >= length) {
                return false;
            }
            char first = text.charAt(start);
            if (first >= 0x20
                    && first <= 0x7e
                    && (start + 1 == length || text.charAt(start + 1) <= 0x7e)) {
                end = start + 1;
                width = 1;
                return true;
            }
            cluster(length);
            return true;
        }

        private void cluster(int length) {
            int codePoint = Character.codePointAt(text, start);
            int properties = CodePoints.properties(codePoint);
            int state = CodePoints.follow(CodePoints.START, CodePoints.kind(properties));
            width = CodePoints.width(properties);
            end = start + Character.charCount(codePoint);
            while (end < length) {
                boolean emojiBefore = CodePoints.isEmoji(properties);
                codePoint = Character.codePointAt(text, end);
                properties = CodePoints.properties(codePoint);
                int kind = CodePoints.kind(properties);
                int next = CodePoints.follow(state, kind);
                if ((next & CodePoints.JOINS) == 0) {
                    return;
                }
                state = next & ~CodePoints.JOINS;
                width = CodePoints.joinedWidth(width, codePoint, kind, emojiBefore);
                end += Character.charCount(codePoint);
            }
        }

        /** Index of the letter's first char. */
        public int start() {
            return start;
        }

        /** Index after its last char. */
        public int end() {
            return end;
        }

        /** Columns: 1 or 2; 0 for a mark that has no letter before it. */
        public int width() {
            return width;
        }
    }
}
