package dev.simmer.tui.view;

import dev.simmer.tui.model.Progress;

/** A bar for how far a task has come, and the figure behind it. */
final class ProgressBar {
    /** Cells of the bar where there is room for all of it. */
    private static final int CELLS = 10;

    /** A shorter bar says less than the figure alone. */
    private static final int LEAST_CELLS = 4;

    private static final int FIGURE = 4;

    private ProgressBar() {}

    /** Columns that {@link #draw} takes of those that there are; 0 where not even a figure fits. */
    static int columns(int room) {
        if (room < FIGURE) {
            return 0;
        }
        int cells = cells(room);
        return cells == 0 ? FIGURE : cells + 1 + FIGURE;
    }

    private static int cells(int room) {
        int cells = Math.min(CELLS, room - 1 - FIGURE);
        return cells < LEAST_CELLS ? 0 : cells;
    }

    /**
     * Draws bar and figure, or the figure alone where there is little room.
     *
     * @param room columns that there are
     * @param done look of what is done
     * @param left look of what is left
     * @param figure look of the figure
     * @return the column after what was drawn
     */
    static int draw(
            Frame frame,
            int x,
            int y,
            int room,
            Progress progress,
            long done,
            long left,
            long figure) {
        if (columns(room) == 0) {
            return x;
        }
        int cells = cells(room);
        // A bar is full only when all is done, and empty only when nothing is.
        int full = progress.percent() * cells / 100;
        if (progress.percent() > 0 && full == 0) {
            full = 1;
        }
        for (int i = 0; i < cells; i++) {
            frame.set(x + i, y, i < full ? "▓" : "░", 1, i < full ? done : left);
        }
        int at = cells == 0 ? x : x + cells + 1;
        frame.putRight(at, y, FIGURE, progress.percent() + "%", figure);
        return at + FIGURE;
    }
}
