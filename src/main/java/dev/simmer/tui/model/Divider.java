package dev.simmer.tui.model;

/** A border between two parts of the screen that can be moved. */
public enum Divider {
    /** Table to the left, logs to the right. */
    BESIDE("table-columns", true),
    /** Table above, logs below. */
    BELOW("table-rows", false),
    /** Between two columns of logs. */
    ACROSS("log-columns", true),
    /** Between two rows of logs. */
    DOWN("log-rows", false);

    private final String word;
    private final boolean upright;

    Divider(String word, boolean upright) {
        this.word = word;
        this.upright = upright;
    }

    /** What is divided, as files call it. */
    public String word() {
        return word;
    }

    /** Whether it stands upright: its parts have columns of their own. */
    public boolean upright() {
        return upright;
    }

    /** Columns or rows of the smallest part, with its border. */
    int least() {
        return upright ? Layout.LEAST_PART_COLUMNS : Layout.LEAST_PART_ROWS;
    }
}
