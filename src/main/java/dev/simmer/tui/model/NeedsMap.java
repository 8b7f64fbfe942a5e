package dev.simmer.tui.model;

import dev.simmer.model.Need;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which task needs which, laid out from left to right in the order in which things can run.
 * Immutable.
 *
 * <p>A task stands in the column after the last of those that it needs. What needs it hangs from
 * it, the first on its own row and the others below, as in a tree: so no two lines cross. A task
 * that several need is drawn with all that hangs from it at the first of them, and by its name
 * alone at the others. Every need is one line from one place to another.
 *
 * @param places in the order of rows, and within a row from left to right
 * @param rows how many there are
 * @param columns how many there are
 * @param tasks what it was made of
 */
public record NeedsMap(List<Place> places, int rows, int columns, List<TaskView> tasks) {
    /** No tasks. */
    public static final NeedsMap EMPTY = new NeedsMap(List.of(), 0, 0, List.of());

    /**
     * A task's name on the map.
     *
     * @param task which
     * @param row from 0
     * @param column from 0
     * @param parent the index of the place to its left that it needs; -1 for none
     * @param again whether it is drawn with all that needs it somewhere else
     */
    public record Place(TaskId task, int row, int column, int parent, boolean again) {}

    private record Name(WorkspaceId workspace, String session, String name) {
        static Name of(TaskView task) {
            return new Name(task.spec().workspace(), task.spec().session(), task.name());
        }
    }

    /** Lays tasks out. */
    public static NeedsMap of(List<TaskView> tasks) {
        return new Builder(tasks).build();
    }

    /** Whether a map of these tasks would look the same. */
    boolean fits(List<TaskView> others) {
        if (tasks.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) {
            TaskView one = tasks.get(i);
            TaskView other = others.get(i);
            boolean same =
                    one.spec().needs().equals(other.spec().needs())
                            && one.name().equals(other.name());
            if (!one.id().equals(other.id()) || !same) {
                return false;
            }
        }
        return true;
    }

    /** The place of a task that is not named again; -1 where it is none of them. */
    public int find(TaskId task) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).task().equals(task) && !places.get(i).again()) {
                return i;
            }
        }
        return -1;
    }

    /** The place that an arrow leads to; the same where there is none. */
    int from(int at, Action action) {
        Place here = places.get(at);
        return switch (action) {
            case LEFT -> here.parent() >= 0 ? here.parent() : at;
            case RIGHT -> child(at).orElse(here.again() ? find(here.task()) : at);
            case UP -> nearest(at, -1);
            case DOWN -> nearest(at, 1);
            default -> at;
        };
    }

    private Optional<Integer> child(int at) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).parent() == at) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The nearest row above or below that has anything; in it what is nearest sideways. */
    private int nearest(int at, int step) {
        Place here = places.get(at);
        int best = at;
        for (int i = 0; i < places.size(); i++) {
            Place there = places.get(i);
            if (step * (there.row() - here.row()) <= 0) {
                continue;
            }
            Place chosen = places.get(best);
            int distance = Math.abs(there.row() - here.row());
            int soFar = best == at ? Integer.MAX_VALUE : Math.abs(chosen.row() - here.row());
            boolean nearer =
                    distance == soFar
                            && Math.abs(there.column() - here.column())
                                    < Math.abs(chosen.column() - here.column());
            if (distance < soFar || nearer) {
                best = i;
            }
        }
        return best;
    }

    /** Lays out; used once. */
    private static final class Builder {
        private final List<TaskView> tasks;
        private final List<List<Integer>> needs = new ArrayList<>();
        private final List<List<Integer>> dependents = new ArrayList<>();
        private final int[] layers;
        private final boolean[] drawn;
        private final List<Place> places = new ArrayList<>();
        private int columns;
        private int row;

        Builder(List<TaskView> tasks) {
            this.tasks = tasks;
            layers = new int[tasks.size()];
            drawn = new boolean[tasks.size()];
            Map<Name, Integer> names = new HashMap<>();
            for (int i = 0; i < tasks.size(); i++) {
                names.put(Name.of(tasks.get(i)), i);
                needs.add(new ArrayList<>());
                dependents.add(new ArrayList<>());
            }
            for (int i = 0; i < tasks.size(); i++) {
                TaskView task = tasks.get(i);
                for (Need need : task.spec().needs()) {
                    Name name =
                            new Name(task.spec().workspace(), task.spec().session(), need.task());
                    Integer other = names.get(name);
                    if (other != null && other != i && !needs.get(i).contains(other)) {
                        needs.get(i).add(other);
                        dependents.get(other).add(i);
                    }
                }
            }
        }

        NeedsMap build() {
            Arrays.fill(layers, -1);
            for (int i = 0; i < layers.length; i++) {
                layer(i);
            }
            // What belongs together first; what stands alone after it.
            for (boolean alone : new boolean[] {false, true}) {
                for (int i = 0; i < layers.length; i++) {
                    boolean lone = needs.get(i).isEmpty() && dependents.get(i).isEmpty();
                    if (needs.get(i).isEmpty() && lone == alone) {
                        put(i, -1);
                        row++;
                    }
                }
            }
            return new NeedsMap(List.copyOf(places), row, columns, tasks);
        }

        /** The longest way from a task that needs nothing; task files hold no circles. */
        private int layer(int task) {
            if (layers[task] >= 0) {
                return layers[task];
            }
            layers[task] = 0;
            int layer = 0;
            for (int need : needs.get(task)) {
                layer = Math.max(layer, layer(need) + 1);
            }
            layers[task] = layer;
            return layer;
        }

        /** Puts a task on the current row, and what needs it on this row and those below. */
        private void put(int task, int parent) {
            boolean again = drawn[task];
            int at = places.size();
            places.add(new Place(tasks.get(task).id(), row, layers[task], parent, again));
            columns = Math.max(columns, layers[task] + 1);
            if (again) {
                return;
            }
            drawn[task] = true;
            boolean first = true;
            for (int each : dependents.get(task)) {
                if (!first) {
                    row++;
                }
                first = false;
                put(each, at);
            }
        }
    }
}
