package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The table: which tasks, in which order and groups, where the cursor is, which is the first line
 * that is seen. Immutable. Filter, order and groups are made once for each snapshot, and when the
 * user changes them; moving in it costs nothing that grows with the tasks.
 *
 * @param rows the tasks that match the filter, in their order, those of folded groups too
 * @param lines what is shown of them, line by line
 * @param spot what the cursor is on, or was on before it went out of the table
 * @param at the cursor's line; -1 without lines
 * @param top index of the first line that is seen
 * @param filter what was typed, as {@link Query} reads it; empty: all tasks
 * @param query the same, read
 * @param choice how the user has arranged it
 * @param order the figures that the rows have their places by
 * @param moved when somebody last moved in it
 * @param marked the tasks that are marked, also those that the filter hides
 */
public record TaskTable(
        List<TaskView> rows,
        List<TableLine> lines,
        Spot spot,
        int at,
        int top,
        String filter,
        Query query,
        TableChoice choice,
        Order order,
        Instant moved,
        SortedSet<TaskId> marked) {
    /** No tasks. */
    public static final TaskTable EMPTY =
            new TaskTable(
                    List.of(),
                    List.of(),
                    new Spot.Nowhere(),
                    -1,
                    0,
                    "",
                    Query.ALL,
                    TableChoice.DEFAULT,
                    Order.NONE,
                    Instant.EPOCH,
                    Collections.emptySortedSet());

    /** How long rows keep their places after somebody has moved among them. */
    private static final Duration STILL = Duration.ofSeconds(3);

    /** What the cursor is on. */
    public sealed interface Spot {
        /** Nothing. */
        record Nowhere() implements Spot {}

        /** A task. */
        record OnTask(TaskId id) implements Spot {}

        /** A group, by its key. */
        record OnHeading(String key) implements Spot {}
    }

    /** The line of the cursor. */
    public Optional<TableLine> line() {
        return at < 0 ? Optional.empty() : Optional.of(lines.get(at));
    }

    /** The task that the cursor is on; empty on a heading, and without lines. */
    public Optional<TaskView> task() {
        return at >= 0 && lines.get(at) instanceof TableLine.Task(TaskView task)
                ? Optional.of(task)
                : Optional.empty();
    }

    /** The id of the task that the cursor is on. */
    public Optional<TaskId> selected() {
        return task().map(TaskView::id);
    }

    /** The heading that the cursor is on. */
    public Optional<TableLine.Heading> heading() {
        return at >= 0 && lines.get(at) instanceof TableLine.Heading heading
                ? Optional.of(heading)
                : Optional.empty();
    }

    private static Spot spot(TableLine line) {
        return switch (line) {
            case TableLine.Task(TaskView task) -> new Spot.OnTask(task.id());
            case TableLine.Heading heading -> new Spot.OnHeading(heading.key());
        };
    }

    /**
     * Shows other tasks, or the same in another way; keeps the cursor where it can.
     *
     * @param returns whether a cursor that has to leave its task goes back to it as soon as that is
     *     shown again, if it has not been moved since
     */
    TaskTable showing(
            Scope scope,
            Groups groups,
            Instant now,
            String words,
            TableChoice as,
            boolean returns,
            int height) {
        Query read = Query.of(words, new QueryKey.Facts(scope, groups, now));
        List<TaskView> matching = read.isAll() ? scope.tasks() : matching(scope.tasks(), read);
        boolean still = now.isBefore(moved.plus(STILL)) && !now.isBefore(moved);
        Order next = order.next(scope.tasks(), as.sort(), still);
        List<TaskView> sorted = next.sorted(matching, as, now);
        List<TableLine> shown = Sections.lines(sorted, as, scope, groups);
        SortedSet<TaskId> kept = marked.isEmpty() ? marked : among(scope.tasks());
        int found = find(shown, spot);
        if (found < 0 && !shown.isEmpty()) {
            found = instead(shown, sorted, as, scope, groups);
        }
        Spot on = found < 0 || returns ? spot : spot(shown.get(found));
        return new TaskTable(sorted, shown, on, found, top, words, read, as, next, moved, kept)
                .visible(height);
    }

    private static List<TaskView> matching(List<TaskView> tasks, Query query) {
        List<TaskView> matching = new ArrayList<>();
        for (TaskView task : tasks) {
            if (query.matches(task)) {
                matching.add(task);
            }
        }
        return matching;
    }

    private SortedSet<TaskId> among(List<TaskView> tasks) {
        SortedSet<TaskId> kept = new TreeSet<>();
        for (TaskView task : tasks) {
            if (marked.contains(task.id())) {
                kept.add(task.id());
            }
        }
        return Collections.unmodifiableSortedSet(kept);
    }

    private static int find(List<TableLine> lines, Spot spot) {
        for (int i = 0; i < lines.size(); i++) {
            boolean here =
                    switch (lines.get(i)) {
                        case TableLine.Task(TaskView task) ->
                                spot instanceof Spot.OnTask(TaskId id) && id.equals(task.id());
                        case TableLine.Heading heading ->
                                spot instanceof Spot.OnHeading(String key)
                                        && key.equals(heading.key());
                    };
            if (here) {
                return i;
            }
        }
        return -1;
    }

    /** The line for a cursor whose task or heading is not shown any more. */
    private int instead(
            List<TableLine> shown,
            List<TaskView> matching,
            TableChoice as,
            Scope scope,
            Groups groups) {
        if (spot instanceof Spot.OnTask(TaskId id) && as.grouping() != Grouping.NOTHING) {
            for (TaskView task : matching) {
                if (task.id().equals(id)) {
                    String key = Sections.key(task, as.grouping(), scope, groups);
                    return find(shown, new Spot.OnHeading(key));
                }
            }
        }
        Set<Spot> there = new HashSet<>();
        boolean tasks = shown.stream().anyMatch(TableLine.Task.class::isInstance);
        for (TableLine line : shown) {
            // A task is what one looks for; a heading only where all groups are folded.
            if (!tasks || line instanceof TableLine.Task) {
                there.add(spot(line));
            }
        }
        for (int i = at; at >= 0 && i < lines.size(); i++) {
            if (there.contains(spot(lines.get(i)))) {
                return find(shown, spot(lines.get(i)));
            }
        }
        for (int i = Math.min(at, lines.size()) - 1; i >= 0; i--) {
            if (there.contains(spot(lines.get(i)))) {
                return find(shown, spot(lines.get(i)));
            }
        }
        int first = Math.clamp(at, 0, shown.size() - 1);
        boolean heading = shown.get(first) instanceof TableLine.Heading;
        return heading && first + 1 < shown.size() ? first + 1 : first;
    }

    /** Leaves the cursor for good where it is. */
    TaskTable settled() {
        return at(at, top);
    }

    /** Moves the cursor to a line; an index out of range means the nearest line. */
    TaskTable select(int line, int height) {
        if (lines.isEmpty()) {
            return this;
        }
        int to = Math.clamp(line, 0, lines.size() - 1);
        return to == at ? visible(height) : at(to, top).visible(height);
    }

    /** Selects a task; nothing changes where it is not among the lines. */
    TaskTable select(TaskId id, int height) {
        int line = find(lines, new Spot.OnTask(id));
        return line < 0 ? this : select(line, height);
    }

    /** Moves what is seen; the cursor comes along where it would go out of sight. */
    TaskTable scrolled(int by, int height) {
        int first = Math.clamp((long) top + by, 0, Math.max(0, lines.size() - height));
        if (at >= 0 && at < first) {
            return at(first, first);
        }
        return at >= first + height ? at(first + height - 1, first) : at(at, first);
    }

    /** Moves what is seen so that the cursor is in it. */
    TaskTable visible(int height) {
        int line = Math.max(0, at);
        int first = Math.clamp(top, 0, Math.max(0, lines.size() - Math.max(1, height)));
        if (line < first) {
            first = line;
        } else if (line >= first + height) {
            first = Math.max(0, line - height + 1);
        }
        if (first > 0
                && line - first + 1 < height
                && lines.get(first) instanceof TableLine.Task
                && lines.get(first - 1) instanceof TableLine.Heading) {
            // The first task of a group says more below its heading.
            first--;
        }
        return first == top ? this : at(at, first);
    }

    private TaskTable at(int line, int first) {
        Spot on = line < 0 ? spot : spot(lines.get(line));
        return new TaskTable(
                rows, lines, on, line, first, filter, query, choice, order, moved, marked);
    }

    /** Notes that somebody moves in it, so that no row changes its place for a while. */
    TaskTable moved(Instant when) {
        return new TaskTable(
                rows, lines, spot, at, top, filter, query, choice, order, when, marked);
    }

    TaskTable marking(Set<TaskId> tasks) {
        SortedSet<TaskId> all = Collections.unmodifiableSortedSet(new TreeSet<>(tasks));
        return new TaskTable(rows, lines, spot, at, top, filter, query, choice, order, moved, all);
    }

    /**
     * The marked tasks that the filter shows, in the order of their ids; those of folded groups are
     * among them, as their heading tells of them.
     */
    public List<TaskView> markedShown() {
        List<TaskView> shown = new ArrayList<>();
        if (!marked.isEmpty()) {
            for (TaskView task : rows) {
                if (marked.contains(task.id())) {
                    shown.add(task);
                }
            }
            shown.sort(Comparator.comparing(TaskView::id));
        }
        return shown;
    }

    /** The lines that are seen. */
    public List<TableLine> seenLines(int height) {
        int from = Math.clamp(top, 0, lines.size());
        return lines.subList(from, Math.min(lines.size(), from + Math.max(0, height)));
    }

    /** The tasks that are seen. */
    public List<TaskView> seen(int height) {
        List<TaskView> seen = new ArrayList<>();
        for (TableLine line : seenLines(height)) {
            if (line instanceof TableLine.Task(TaskView task)) {
                seen.add(task);
            }
        }
        return seen;
    }
}
