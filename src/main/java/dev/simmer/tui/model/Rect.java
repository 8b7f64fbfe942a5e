package dev.simmer.tui.model;

/**
 * A rectangle of cells.
 *
 * @param x first column, from 0
 * @param y first row, from 0
 * @param width columns
 * @param height rows
 */
public record Rect(int x, int y, int width, int height) {
    /** Whether a cell lies in it. */
    public boolean contains(int column, int row) {
        return column >= x && column < x + width && row >= y && row < y + height;
    }
}
