package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table: which tasks, which one is selected, which is the first that is seen. Immutable.
 *
 * @param rows the tasks that match the filter, in the order of their ids
 * @param selected the selected task, always one of the rows; empty only without rows
 * @param top index of the first row that is seen
 * @param nameColumns columns of the widest name among all tasks, also those that do not match
 * @param filter words that must all be found in a task's id, name, kind or state, or in its
 *     workspace where all are shown; empty: all tasks
 */
public record TaskTable(
        List<TaskView> rows, Optional<TaskId> selected, int top, int nameColumns, String filter) {
    /** No tasks. */
    public static final TaskTable EMPTY = new TaskTable(List.of(), Optional.empty(), 0, 0, "");

    /** The selected row's index; -1 without rows. */
    public int index() {
        return selected.map(id -> indexOf(rows, id)).orElse(-1);
    }

    private static int indexOf(List<TaskView> rows, TaskId id) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = rows.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Shows other tasks, or the same under another filter; keeps the selection where it can. */
    TaskTable showing(Scope scope, String words, int height) {
        List<TaskView> tasks = scope.tasks();
        List<TaskView> matching = words.isBlank() ? tasks : filtered(scope, words);
        int widest = 0;
        for (TaskView task : tasks) {
            widest = Math.max(widest, CellWidth.width(TerminalText.plain(task.name())));
        }
        if (matching.isEmpty()) {
            return new TaskTable(List.of(), selected, 0, widest, words);
        }
        int at = selected.map(id -> indexOf(matching, id)).orElse(0);
        int near = at >= 0 ? at : Math.min(matching.size() - 1, -at - 1);
        return new TaskTable(matching, Optional.of(matching.get(near).id()), top, widest, words)
                .visible(height);
    }

    private static List<TaskView> filtered(Scope scope, String words) {
        String[] wanted = words.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        List<TaskView> matching = new ArrayList<>();
        for (TaskView task : scope.tasks()) {
            String text =
                    (task.id()
                                    + " "
                                    + task.name()
                                    + " "
                                    + task.spec().kind().word()
                                    + " "
                                    + task.phase().word()
                                    + state(task)
                                    + (scope.everywhere() ? " " + Scope.label(task) : ""))
                            .toLowerCase(Locale.ROOT);
            boolean all = true;
            for (String word : wanted) {
                all &= text.contains(word);
            }
            if (all) {
                matching.add(task);
            }
        }
        return matching;
    }

    private static String state(TaskView task) {
        return task.agent().isEmpty() ? "" : " " + AgentWords.state(task, true);
    }

    /** Selects a row; an index out of range means the nearest row. */
    TaskTable select(int row, int height) {
        if (rows.isEmpty()) {
            return this;
        }
        TaskId id = rows.get(Math.clamp(row, 0, rows.size() - 1)).id();
        return new TaskTable(rows, Optional.of(id), top, nameColumns, filter).visible(height);
    }

    /** Selects a task; nothing changes where it is not among the rows. */
    TaskTable select(TaskId id, int height) {
        int at = indexOf(rows, id);
        return at < 0 ? this : select(at, height);
    }

    /** Moves what is seen; the selection comes along where it would go out of sight. */
    TaskTable scrolled(int by, int height) {
        int first = Math.clamp((long) top + by, 0, Math.max(0, rows.size() - height));
        int at = index();
        TaskTable moved = new TaskTable(rows, selected, first, nameColumns, filter);
        if (at >= 0 && at < first) {
            return moved.select(first, height);
        }
        return at >= first + height ? moved.select(first + height - 1, height) : moved;
    }

    /** Moves what is seen so that the selection is in it. */
    TaskTable visible(int height) {
        int at = Math.max(0, index());
        int first = Math.clamp(top, 0, Math.max(0, rows.size() - Math.max(1, height)));
        if (at < first) {
            first = at;
        } else if (at >= first + height) {
            first = Math.max(0, at - height + 1);
        }
        return new TaskTable(rows, selected, first, nameColumns, filter);
    }

    /** The rows that are seen. */
    public List<TaskView> seen(int height) {
        int from = Math.clamp(top, 0, rows.size());
        return rows.subList(from, Math.min(rows.size(), from + Math.max(0, height)));
    }
}
