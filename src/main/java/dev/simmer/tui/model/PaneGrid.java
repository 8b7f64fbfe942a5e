package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;

/** How several log panes share a rectangle. Pure. */
final class PaneGrid {
    /** Columns from which on panes lie beside one another rather than below. */
    private static final int WIDE = 60;

    /** What the floating pane must get so that it is shown beside pinned ones. */
    private static final int ROOMY_COLUMNS = 40;

    private static final int ROOMY_ROWS = 8;

    private PaneGrid() {}

    /** A pane and its box. */
    record Placed(PaneId id, Rect box) {}

    /** Panes in reading order, and the borders between them that can be moved. */
    record Grid(List<Placed> panes, List<Border> borders) {}

    /**
     * The panes that are seen, in reading order, with their places. One has all; two are beside one
     * another where both get 60 columns, else below; more lie in two columns under the same rule,
     * of which the last one without a neighbour has both. Where not all of them have room, the
     * current one and the first others are seen.
     *
     * @param pinned by number, each with a task
     * @param current the pane that must be seen where it is one of them
     * @param wish what the user wants
     */
    static Grid place(Rect area, List<PaneId> pinned, PaneId current, Arrangement wish) {
        if (pinned.isEmpty()) {
            return new Grid(List.of(new Placed(PaneId.FLOATING, area)), List.of());
        }
        List<PaneId> all = new ArrayList<>(pinned);
        all.add(PaneId.FLOATING);
        // What the user makes smaller is not for that reason gone.
        boolean room =
                grid(area, all, Arrangement.AUTOMATIC).panes().stream()
                        .map(Placed::box)
                        .allMatch(b -> b.width() >= ROOMY_COLUMNS && b.height() >= ROOMY_ROWS);
        if (room) {
            return grid(area, all, wish);
        }
        List<PaneId> fitting = new ArrayList<>(pinned);
        while (fitting.size() > most(area)) {
            PaneId last = fitting.getLast();
            fitting.remove(last == current ? fitting.get(fitting.size() - 2) : last);
        }
        return grid(area, fitting, wish);
    }

    private static int columns(Rect area, int count) {
        if (count == 1) {
            return 1;
        }
        int stacked = area.height() / count;
        boolean narrow = area.width() < 2 * Layout.LEAST_PART_COLUMNS;
        return area.width() >= 2 * WIDE || (stacked < Layout.LEAST_PART_ROWS && !narrow) ? 2 : 1;
    }

    private static int most(Rect area) {
        int rows = Math.max(1, area.height() / Layout.LEAST_PART_ROWS);
        return area.width() >= 2 * Layout.LEAST_PART_COLUMNS ? 2 * rows : rows;
    }

    private static Grid grid(Rect area, List<PaneId> ids, Arrangement wish) {
        int columns = columns(area, ids.size());
        int rows = (ids.size() + columns - 1) / columns;
        List<Border> borders = new ArrayList<>();
        List<Rect> lines = new ArrayList<>();
        if (rows == 2) {
            Border down = wish.border(Divider.DOWN, area, area.height() / 2);
            borders.add(down);
            lines.addAll(List.of(down.before(), down.after()));
        } else {
            for (int row = 0; row < rows; row++) {
                int top = area.height() * row / rows;
                int bottom = area.height() * (row + 1) / rows;
                lines.add(new Rect(area.x(), area.y() + top, area.width(), bottom - top));
            }
        }
        List<Placed> placed = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            PaneId left = ids.get(row * columns);
            boolean alone = row * columns + columns > ids.size() || columns == 1;
            if (alone) {
                placed.add(new Placed(left, lines.get(row)));
                continue;
            }
            Border across = wish.border(Divider.ACROSS, lines.get(row), area.width() / 2);
            borders.add(across);
            placed.add(new Placed(left, across.before()));
            placed.add(new Placed(ids.get(row * columns + 1), across.after()));
        }
        return new Grid(placed, borders);
    }
}
