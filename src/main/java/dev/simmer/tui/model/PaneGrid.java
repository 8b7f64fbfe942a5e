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

    /**
     * The panes that are seen, in reading order, with their places. One has all; two are beside one
     * another where both get 60 columns, else below; more lie in two columns under the same rule,
     * of which the last one without a neighbour has both. Where not all of them have room, the
     * current one and the first others are seen.
     *
     * @param pinned by number, each with a task
     * @param current the pane that must be seen where it is one of them
     */
    static List<Placed> place(Rect area, List<PaneId> pinned, PaneId current) {
        if (pinned.isEmpty()) {
            return List.of(new Placed(PaneId.FLOATING, area));
        }
        List<PaneId> all = new ArrayList<>(pinned);
        all.add(PaneId.FLOATING);
        List<Placed> roomy = grid(area, all);
        boolean room =
                roomy.stream()
                        .map(Placed::box)
                        .allMatch(b -> b.width() >= ROOMY_COLUMNS && b.height() >= ROOMY_ROWS);
        if (room) {
            return roomy;
        }
        List<PaneId> fitting = new ArrayList<>(pinned);
        while (fitting.size() > most(area)) {
            PaneId last = fitting.getLast();
            fitting.remove(last == current ? fitting.get(fitting.size() - 2) : last);
        }
        return grid(area, fitting);
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

    private static List<Placed> grid(Rect area, List<PaneId> ids) {
        int columns = columns(area, ids.size());
        int rows = (ids.size() + columns - 1) / columns;
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            int row = i / columns;
            int top = area.height() * row / rows;
            int bottom = area.height() * (row + 1) / rows;
            boolean alone = i % columns == 0 && i == ids.size() - 1;
            int left = area.width() * (i % columns) / columns;
            int right = alone ? area.width() : area.width() * (i % columns + 1) / columns;
            Rect box = new Rect(area.x() + left, area.y() + top, right - left, bottom - top);
            placed.add(new Placed(ids.get(i), box));
        }
        return placed;
    }
}
