package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;

/** How several log panes share a rectangle. Pure. */
final class PaneGrid {
    /** Columns from which on panes lie beside one another rather than below. */
    private static final int WIDE = 60;

    private PaneGrid() {}

    /** A pane and its box. */
    record Placed(PaneId id, Rect box) {}

    /** Panes in reading order, and the borders between them that can be moved. */
    record Grid(List<Placed> panes, List<Border> borders) {}

    /**
     * The panes that are seen, in reading order, with their places. One has all; two are beside one
     * another where both get 60 columns, else below; more lie in two columns under the same rule,
     * of which the last one without a neighbour has both. Where not all of them have room, those
     * that must be seen and the first others are.
     *
     * @param ids in reading order, at least one
     * @param wanted those of them that must be seen, the most important first
     * @param wish what the user wants
     */
    static Grid place(Rect area, List<PaneId> ids, List<PaneId> wanted, Arrangement wish) {
        List<PaneId> fitting = new ArrayList<>(ids);
        while (fitting.size() > most(area)) {
            fitting.remove(least(fitting, wanted));
        }
        return grid(area, fitting, wish);
    }

    private static PaneId least(List<PaneId> ids, List<PaneId> wanted) {
        List<PaneId> others = new ArrayList<>(ids);
        others.removeAll(wanted);
        List<PaneId> needed = wanted.stream().filter(ids::contains).toList();
        return others.isEmpty() ? needed.getLast() : others.getLast();
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
