package dev.simmer.logs;

/** How many columns text takes on a terminal. */
public final class CellWidth {
    private CellWidth() {}

    /** Columns of a text. */
    public static int width(String text) {
        return text.length();
    }

    /** The longest beginning of a text that fits into some columns. */
    public static String clip(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, columns);
    }

    /** Goes through the graphemes of a text: what a reader takes for one letter. */
    public static final class Graphemes {
        private final CharSequence text;
        private int start;
        private int end;

        public Graphemes(CharSequence text) {
            this.text = text;
        }

        /** Moves on; false at the end of the text. */
        public boolean next() {
            start = end;
            if (start >= text.length()) {
                return false;
            }
            end = start + 1;
            return true;
        }

        /** Index of the first char. */
        public int start() {
            return start;
        }

        /** Index after the last char. */
        public int end() {
            return end;
        }

        /** Columns: 1 or 2; 0 for a mark that has no letter before it. */
        public int width() {
            return 1;
        }
    }
}
