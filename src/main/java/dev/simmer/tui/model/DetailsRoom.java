package dev.simmer.tui.model;

import java.util.Optional;

/** Where the details of the selected task lie. */
public final class DetailsRoom {
    /** Columns of the widest box of details. */
    public static final int WIDEST = 96;

    /** Columns of what a row is about. */
    public static final int KEY = 11;

    private static final int LEAST_ROWS = 8;
    private static final int LEAST_TABLE_ROWS = 12;
    private static final int FROM_COLUMNS = 50;

    private DetailsRoom() {}

    /** Whether there is room for a panel. */
    static boolean possible(Model model) {
        Layout layout = model.layout();
        int height = layout.table().map(Rect::height).orElse(0);
        height += layout.details().map(Rect::height).orElse(0);
        boolean wide = layout.table().filter(box -> box.width() >= FROM_COLUMNS).isPresent();
        return wide && height >= LEAST_TABLE_ROWS + LEAST_ROWS;
    }

    /** What a panel takes of the table's room; empty where none is shown. */
    static Optional<Rect> of(Model model, Rect table) {
        boolean room =
                table.width() >= FROM_COLUMNS && table.height() >= LEAST_TABLE_ROWS + LEAST_ROWS;
        if (!room || !model.sights().panel() || model.selected().isEmpty()) {
            return Optional.empty();
        }
        int wanted = Details.rows(model, table.width() - 4 - KEY).size() + 4;
        int least = Math.max(LEAST_TABLE_ROWS, Math.min(table.height() / 2, tableRows(model)));
        int rows = Math.clamp(table.height() - least, LEAST_ROWS, Math.max(LEAST_ROWS, wanted));
        int y = table.y() + table.height() - rows;
        return Optional.of(new Rect(table.x(), y, table.width(), rows));
    }

    private static int tableRows(Model model) {
        return Layout.wholeTable(model);
    }

    /** Columns of text in the box that lies over all. */
    public static int inside(Model model) {
        return Math.max(1, Math.min(WIDEST, model.columns() - 2) - 4 - KEY);
    }
}
