package dev.simmer.tui.model;

/** Where the list of themes lies: to the right, so that most of the dashboard shows the theme. */
public final class ThemeBox {
    private static final int COLUMNS = 28;
    private static final int SAMPLES = 2;

    private ThemeBox() {}

    /** The box with its border; at least three rows. */
    public static Rect of(Model model) {
        int wide = Math.min(COLUMNS, model.columns() - 2);
        int wanted = model.appearance().names().size() + 2 + SAMPLES;
        int high = Math.min(wanted, Math.max(3, model.rows() - 3));
        int y = Math.min(2, Math.max(0, model.rows() - 1 - high));
        return new Rect(Math.max(0, model.columns() - wide - 2), y, wide, high);
    }

    /** Whether there is room for a sample of the theme's colours below the names. */
    public static boolean sampled(Model model) {
        return of(model).height() - 2 >= SAMPLES + 4;
    }

    /** How many names are seen at once. */
    public static int rows(Model model) {
        return of(model).height() - 2 - (sampled(model) ? SAMPLES : 0);
    }

    /** The first name that is seen when this one is selected. */
    public static int top(Model model, int index) {
        int rows = rows(model);
        int last = Math.max(0, model.appearance().names().size() - rows);
        return Math.clamp((long) index - rows / 2, 0, last);
    }
}
