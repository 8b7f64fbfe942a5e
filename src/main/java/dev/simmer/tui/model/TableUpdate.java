package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What keys and the mouse do in the table: moving, marking, sorting, grouping, filtering. */
final class TableUpdate {
    private TableUpdate() {}

    /** The table under a filter, arranged in some way. */
    static TaskTable shown(Model model, String words, TableChoice choice) {
        return model.table()
                .showing(
                        model.scope(),
                        model.place().groups(),
                        model.now(),
                        words,
                        choice,
                        model.mode() instanceof Mode.Filter,
                        model.layout().tableRows());
    }

    /** The same tasks, arranged in another way. */
    static Model arranged(Model model, TableChoice choice) {
        TaskTable table = shown(model, model.table().filter(), choice);
        return model.with(m -> m.table = table);
    }

    static Step act(Model model, Action action) {
        TaskTable table = model.table();
        return switch (action) {
            case MARK -> mark(model);
            case MARK_ALL -> markAll(model);
            case SORT -> sort(model);
            case GROUP -> group(model);
            case FOLD -> fold(model, true);
            case UNFOLD -> fold(model, false);
            case COLUMNS -> {
                int at = table.choice().order().indexOf(Column.NAME);
                yield Step.of(model.with(m -> m.mode = new Mode.Columns(at)));
            }
            default -> Step.of(model);
        };
    }

    /** Marks what the cursor is on, or takes the mark away, and goes on. */
    private static Step mark(Model model) {
        TaskTable table = model.table();
        if (table.line().isEmpty()) {
            return Step.of(model);
        }
        int rows = model.layout().tableRows();
        Set<TaskId> marked = new TreeSet<>(table.marked());
        switch (table.line().get()) {
            case TableLine.Task(TaskView task) -> {
                if (!marked.add(task.id())) {
                    marked.remove(task.id());
                }
            }
            case TableLine.Heading heading -> toggle(marked, members(model, heading.key()));
        }
        return Step.of(
                model.with(m ->
                        m.table =
                                table.marking(marked)
                                        .select(table.at() + 1, rows)
                                        .moved(model.now())));
    }

    private static List<TaskId> members(Model model, String key) {
        Grouping grouping = model.table().choice().grouping();
        Groups groups = model.place().groups();
        List<TaskId> members = new ArrayList<>();
        for (TaskView task : model.table().rows()) {
            if (Sections.key(task, grouping, model.scope(), groups).equals(key)) {
                members.add(task.id());
            }
        }
        return members;
    }

    private static void toggle(Set<TaskId> marked, List<TaskId> tasks) {
        if (marked.containsAll(tasks)) {
            tasks.forEach(marked::remove);
        } else {
            marked.addAll(tasks);
        }
    }

    /** Marks all that the filter shows, or none where they all are. */
    private static Step markAll(Model model) {
        Set<TaskId> marked = new TreeSet<>(model.table().marked());
        toggle(marked, model.table().rows().stream().map(TaskView::id).toList());
        return Step.of(model.with(m -> m.table = model.table().marking(marked)));
    }

    /** Turns the order round once, then goes on to the next column. */
    private static Step sort(Model model) {
        TableChoice choice = model.table().choice();
        boolean turned = choice.ascending() != choice.sort().ascending();
        TableChoice next =
                turned ? choice.sorted(after(model, choice)) : choice.sorted(choice.sort());
        return sorted(model, next);
    }

    /** The next column that could be seen here and can be sorted by. */
    private static Column after(Model model, TableChoice choice) {
        List<Column> order = choice.order();
        int from = order.indexOf(choice.sort());
        for (int i = 1; i < order.size(); i++) {
            Column next = order.get((from + i) % order.size());
            if (next.sorts() && there(model, next)) {
                return next;
            }
        }
        return choice.sort();
    }

    private static boolean there(Model model, Column column) {
        Scope scope = model.scope();
        boolean hidden = Boolean.FALSE.equals(model.table().choice().columns().get(column));
        return !hidden
                && switch (column) {
                    case WORKSPACE -> scope.everywhere();
                    case TURNS, TOOLS, TOKENS -> scope.agents();
                    case COST -> scope.costs();
                    default -> true;
                };
    }

    static Step sorted(Model model, TableChoice choice) {
        String way = choice.ascending() ? ", small first" : ", large first";
        String what = choice.sort().heading().equals("ID") ? "id" : choice.sort().key();
        boolean words =
                switch (choice.sort()) {
                    case NAME, WORKSPACE, KIND, STATE -> true;
                    default -> false;
                };
        String said = words ? (choice.ascending() ? "" : ", reversed") : way;
        return Step.of(Update.say(arranged(model, choice), "sorted by " + what + said));
    }

    private static Step group(Model model) {
        TableChoice choice = model.table().choice();
        Grouping next = choice.grouping().next(model.scope().everywhere());
        Model grouped = arranged(model, choice.grouped(next));
        String said = next == Grouping.NOTHING ? "not grouped" : "grouped by " + next.word();
        return Step.of(Update.say(grouped, said));
    }

    /** Folds or unfolds the group that the cursor is in. */
    static Step fold(Model model, boolean fold) {
        TaskTable table = model.table();
        TableChoice choice = table.choice();
        if (choice.grouping() == Grouping.NOTHING) {
            return Step.of(model);
        }
        Optional<String> key =
                table.heading()
                        .map(TableLine.Heading::key)
                        .or(() ->
                                table.task()
                                        .map(task ->
                                                Sections.key(
                                                        task,
                                                        choice.grouping(),
                                                        model.scope(),
                                                        model.place().groups())));
        return key.map(group -> Step.of(arranged(model, choice.folded(group, fold))))
                .orElseGet(() -> Step.of(model));
    }

    /** Folds or unfolds the group whose heading has the cursor; empty where none has. */
    static Optional<Step> folded(Model model) {
        return model.table()
                .heading()
                .filter(_ -> model.focus() == Focus.TABLE)
                .map(heading -> fold(model, !heading.folded()));
    }

    static Step move(Model model, Action action) {
        int rows = model.layout().tableRows();
        TaskTable table = model.table();
        int at = table.at();
        int to =
                switch (action) {
                    case UP -> at - 1;
                    case DOWN -> at + 1;
                    case PAGE_UP -> at - rows;
                    case PAGE_DOWN -> at + rows;
                    case HALF_UP -> at - Math.max(1, rows / 2);
                    case HALF_DOWN -> at + Math.max(1, rows / 2);
                    case TOP -> 0;
                    case BOTTOM -> table.lines().size() - 1;
                    default -> at;
                };
        return Step.of(model.with(m -> m.table = table.select(to, rows).moved(model.now())));
    }

    static Step scrolled(Model model, int by) {
        int rows = model.layout().tableRows();
        return Step.of(
                model.with(m -> m.table = model.table().scrolled(by, rows).moved(model.now())));
    }

    /** A click in the table: on a heading of a column, on that of a group, or on a task. */
    static Step clicked(Model model, Layout layout, int column, int row) {
        Rect box = layout.table().orElseThrow();
        Model focused = model.with(m -> m.focus = Focus.TABLE);
        int line = row - box.y() - 2;
        int index = model.table().top() + line;
        if (line == -1) {
            return PlacedColumns.of(model, box.width() - 4)
                    .at(column - box.x() - 2)
                    .filter(Column::sorts)
                    .map(by -> sorted(focused, model.table().choice().sorted(by)))
                    .orElseGet(() -> Step.of(focused));
        }
        if (line < 0 || line >= layout.tableRows() || index >= model.table().lines().size()) {
            return Step.of(focused);
        }
        int rows = layout.tableRows();
        Model there =
                focused.with(m -> m.table = model.table().select(index, rows).moved(model.now()));
        return there.table()
                .heading()
                .map(heading -> fold(there, !heading.folded()))
                .orElseGet(() -> Step.of(there));
    }

    static Step filter(Model model, LineEdit line, Key key, Optional<Action> action) {
        if (key.name() == Key.Name.TAB) {
            LineEdit completed = QueryCompletion.of(line, facts(model)).line();
            return completed.equals(line) ? Step.of(model) : filtering(model, completed);
        }
        return switch (action.orElse(Action.UP)) {
            case ACCEPT ->
                    Step.of(
                            model.with(m -> {
                                m.mode = new Mode.Normal();
                                m.table = m.table.settled();
                            }));
            case CANCEL -> {
                TaskTable all = Update.filtered(model, "");
                yield Step.of(
                        model.with(m -> {
                            m.mode = new Mode.Normal();
                            m.table = all;
                        }));
            }
            case OLDER -> move(model, Action.UP);
            case NEWER -> move(model, Action.DOWN);
            default -> filtering(model, line.press(key));
        };
    }

    static QueryKey.Facts facts(Model model) {
        return new QueryKey.Facts(model.scope(), model.place().groups(), model.now());
    }

    static Step filtering(Model model, LineEdit line) {
        boolean same = line.text().equals(model.table().filter());
        TaskTable table = same ? model.table() : Update.filtered(model, line.text());
        return Step.of(
                model.with(m -> {
                    m.mode = new Mode.Filter(line);
                    m.table = table;
                }));
    }
}
