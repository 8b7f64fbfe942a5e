package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns of the task table that have room, from left to right. The activity gets what is left; a
 * column that the user has not asked for is there only as far as enough is left for the activity,
 * the figures of agents only where an agent is.
 *
 * @param columns each with its place
 */
public record PlacedColumns(List<Placed> columns) {
    /**
     * A column with its place.
     *
     * @param column which
     * @param at its first column of cells, from 0
     * @param width in columns of cells, 1 or more
     */
    public record Placed(Column column, int at, int width) {}

    private static final int STATE = 11;
    private static final int AGENT_STATE = 12;
    private static final int WIDE_STATE = 18;
    private static final int LONGEST_NAME = 32;
    private static final int LEAST_ACTIVITY = 16;

    /** Columns of cells that names may have before the figures do. */
    private static final int LEAST_NAME = 14;

    /** What memory, time, share of a core and a short activity take, with gaps. */
    private static final int FIGURES = 44;

    public PlacedColumns {
        columns = List.copyOf(columns);
    }

    /** The columns of a table with this much room. */
    public static PlacedColumns of(Model model, int width) {
        return of(width, model.scope(), model.table().choice());
    }

    static PlacedColumns of(int width, Scope scope, TableChoice choice) {
        int gap = width >= 104 ? 2 : 1;
        Map<Column, Integer> widths = new EnumMap<>(Column.class);
        int id = scope.tasks().isEmpty() ? 2 : scope.tasks().getLast().id().toString().length();
        widths.put(Column.ID, Math.max(2, id));
        widths.put(Column.STATE, state(width, scope));
        int fixed = widths.get(Column.ID) + gap + widths.get(Column.STATE) + gap;
        // One long name is cut rather than that all tasks lose a figure.
        int spared = Math.max(LEAST_NAME, width - fixed - gap - FIGURES);
        int most = Math.min(Math.min(LONGEST_NAME, spared), Math.min(width / 3, width - fixed - 4));
        int longest = Math.max(4, most);
        widths.put(Column.NAME, Math.clamp(scope.nameColumns(), 4, longest));
        int left = width - fixed - widths.get(Column.NAME) - gap;
        for (boolean asked : new boolean[] {true, false}) {
            for (Column column : Column.GIVEN_UP.reversed()) {
                int columns = columns(column, width, scope);
                Boolean wish = choice.columns().get(column);
                boolean wanted = asked ? Boolean.TRUE.equals(wish) : wish == null;
                int least = asked ? LEAST_ACTIVITY : spared(column);
                if (wanted && columns > 0 && left - columns - gap >= least) {
                    widths.put(column, columns);
                    left -= columns + gap;
                }
            }
        }
        if (left > 0) {
            widths.put(Column.ACTIVITY, left);
        }
        return placed(widths, choice.order(), gap);
    }

    private static int state(int width, Scope scope) {
        return !scope.agents() ? STATE : width >= 120 ? WIDE_STATE : AGENT_STATE;
    }

    private static PlacedColumns placed(Map<Column, Integer> widths, List<Column> order, int gap) {
        List<Placed> placed = new ArrayList<>();
        int at = 0;
        for (Column column : order) {
            Integer columns = widths.get(column);
            if (columns != null) {
                placed.add(new Placed(column, at, columns));
                at += columns + gap;
            }
        }
        return new PlacedColumns(placed);
    }

    /** Columns of cells that the activity keeps before this column has any. */
    private static int spared(Column column) {
        return switch (column) {
            case WORKSPACE, MEMORY -> LEAST_ACTIVITY;
            case TIME, CPU -> 20;
            case KIND -> 26;
            case GRAPH -> 32;
            case TURNS, TOOLS, TOKENS, COST -> 28;
            case ID, NAME, STATE, ACTIVITY -> 0;
        };
    }

    /** How wide a column is; 0 where it has nothing to show. */
    private static int columns(Column column, int width, Scope scope) {
        return switch (column) {
            case WORKSPACE -> {
                int most = width >= 120 ? 24 : width >= 76 ? 14 : 9;
                int label = Math.max(9, scope.labelColumns());
                yield scope.everywhere() ? Math.min(most, label) : 0;
            }
            case KIND -> 7;
            case CPU -> 5;
            case MEMORY -> width >= 104 ? 11 : 9;
            case GRAPH -> 8;
            case TIME -> 7;
            case TURNS, TOOLS -> scope.agents() ? 5 : 0;
            case TOKENS -> scope.agents() ? 11 : 0;
            case COST -> scope.costs() ? 7 : 0;
            case ID, NAME, STATE, ACTIVITY -> 0;
        };
    }

    /** The column at a column of cells; empty in a gap. */
    public Optional<Column> at(int cell) {
        return columns.stream()
                .filter(each -> cell >= each.at() && cell < each.at() + each.width())
                .map(Placed::column)
                .findFirst();
    }

    /** Columns of cells that a column has; 0 where it is not shown. */
    public int width(Column column) {
        for (Placed placed : columns) {
            if (placed.column() == column) {
                return placed.width();
            }
        }
        return 0;
    }

    /** Which columns have room. */
    public Set<Column> shown() {
        Set<Column> shown = EnumSet.noneOf(Column.class);
        columns.forEach(each -> shown.add(each.column()));
        return shown;
    }

    /** Whether a state may be told in long words. */
    public boolean wideState() {
        return width(Column.STATE) >= WIDE_STATE;
    }
}
