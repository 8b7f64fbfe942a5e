package dev.simmer.tui.model;

/**
 * Where a log pane lies.
 *
 * @param id which pane
 * @param box with its border
 * @param detail rows at the top of the box that say how the task stands; 0 to 2, of an agent at
 *     most half of the box
 * @param rule rows below them that part them from an agent's own text, which may look the same; 0
 *     or 1
 */
public record PaneBox(PaneId id, Rect box, int detail, int rule) {
    /** Log rows that fit, at least 1. */
    public int rows() {
        return Math.max(1, box.height() - 2 - detail - rule);
    }

    /** Columns of text that fit, at least 1. */
    public int columns() {
        return Math.max(1, box.width() - 4);
    }
}
