package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the user has arranged the task table; what is remembered of it. Immutable.
 *
 * @param sort the column that it is sorted by
 * @param ascending whether small values come first
 * @param grouping what tasks are put together by
 * @param folded keys of the groups whose tasks are not shown, as in {@link TableLine.Heading}
 * @param order all columns, from left to right
 * @param columns the columns that are shown in any case (true) or never (false); the others are
 *     shown as far as there is room
 */
public record TableChoice(
        Column sort,
        boolean ascending,
        Grouping grouping,
        Set<String> folded,
        List<Column> order,
        Map<Column, Boolean> columns) {
    /** How the table is before anybody has chosen anything. */
    public static final TableChoice DEFAULT =
            new TableChoice(Column.ID, true, Grouping.NOTHING, Set.of(), Column.ALL, Map.of());

    /** Groups that are remembered as folded; more are unfolded again. */
    private static final int MOST_FOLDED = 200;

    public TableChoice {
        if (!sort.sorts()) {
            throw new IllegalArgumentException("nothing is sorted by " + sort.key());
        }
        folded = Collections.unmodifiableSet(new TreeSet<>(folded));
        order = whole(order);
        Map<Column, Boolean> chosen = new EnumMap<>(Column.class);
        columns.forEach((column, shown) -> {
            if (!column.stays()) {
                chosen.put(column, shown);
            }
        });
        columns = Collections.unmodifiableMap(chosen);
    }

    /** Every column once: what is named twice counts once, what is missing comes where it was. */
    private static List<Column> whole(List<Column> wanted) {
        List<Column> order = new ArrayList<>();
        for (Column column : wanted) {
            if (!order.contains(column)) {
                order.add(column);
            }
        }
        for (Column column : Column.ALL) {
            if (!order.contains(column)) {
                order.add(Math.min(Column.ALL.indexOf(column), order.size()), column);
            }
        }
        return List.copyOf(order);
    }

    TableChoice sorted(Column by, boolean smallFirst) {
        return new TableChoice(by, smallFirst, grouping, folded, order, columns);
    }

    /** Sorts by a column; by the same one, the other way round. */
    TableChoice sorted(Column by) {
        return sorted(by, by == sort ? !ascending : by.ascending());
    }

    TableChoice grouped(Grouping by) {
        return new TableChoice(sort, ascending, by, folded, order, columns);
    }

    TableChoice folded(String group, boolean fold) {
        Set<String> all = new TreeSet<>(folded);
        boolean changes = fold ? all.size() < MOST_FOLDED && all.add(group) : all.remove(group);
        return changes ? new TableChoice(sort, ascending, grouping, all, order, columns) : this;
    }

    /** From shown as far as there is room to shown in any case, to never shown, and back. */
    TableChoice toggled(Column column) {
        Map<Column, Boolean> all = new EnumMap<>(Column.class);
        all.putAll(columns);
        Boolean now = columns.get(column);
        if (now == null) {
            all.put(column, false);
        } else if (now) {
            all.remove(column);
        } else {
            all.put(column, true);
        }
        return new TableChoice(sort, ascending, grouping, folded, order, all);
    }

    /** Moves a column by some places, as far as there are any. */
    TableChoice moved(Column column, int by) {
        List<Column> all = new ArrayList<>(order);
        int at = all.indexOf(column);
        all.remove(at);
        all.add(Math.clamp(at + by, 0, all.size()), column);
        return new TableChoice(sort, ascending, grouping, folded, all, columns);
    }

    /** With the columns as they were at first. */
    TableChoice resetColumns() {
        return new TableChoice(sort, ascending, grouping, folded, Column.ALL, Map.of());
    }
}
