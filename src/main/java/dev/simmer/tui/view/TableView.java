package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Column;
import dev.simmer.tui.model.Focus;
import dev.simmer.tui.model.Grouping;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.PlacedColumns;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.TableChoice;
import dev.simmer.tui.model.TableLine;
import dev.simmer.tui.model.TaskTable;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The table of tasks. */
final class TableView {
    private TableView() {}

    static void draw(Frame frame, Rect box, Model model, Theme theme) {
        boolean focused = model.focus() == Focus.TABLE;
        long line = theme.paint(focused ? Role.BORDER_FOCUS : Role.BORDER);
        frame.border(box, line);
        title(frame, box, model, theme);
        TaskTable table = model.table();
        int rows = model.layout().tableRows();
        if (model.scope().tasks().isEmpty()) {
            empty(frame, box, model, theme);
            return;
        }
        if (table.lines().isEmpty()) {
            String why =
                    table.query()
                            .problem()
                            .map(words -> "the filter is not understood; Esc shows all")
                            .orElse("no task matches; Esc shows all");
            frame.putClipped(box.x() + 3, box.y() + 2, box.width() - 6, why, theme.paint(Role.DIM));
            return;
        }
        PlacedColumns columns = PlacedColumns.of(model, box.width() - 4);
        heading(frame, box, columns, table.choice(), theme);
        List<TableLine> seen = table.seenLines(rows);
        for (int i = 0; i < seen.size(); i++) {
            boolean selected = table.at() == table.top() + i;
            Role ground = !selected ? Role.TEXT : focused ? Role.SELECTION : Role.SELECTION_IDLE;
            int y = box.y() + 2 + i;
            if (selected) {
                Rect row = new Rect(box.x() + 1, y, box.width() - 2, 1);
                frame.fill(row, " ", theme.paint(ground));
                frame.set(box.x() + 1, y, "▌", 1, theme.paint(Role.BORDER_FOCUS, ground));
            }
            switch (seen.get(i)) {
                case TableLine.Task(TaskView task) -> {
                    String mark =
                            table.marked().contains(task.id())
                                    ? "*"
                                    : selected ? "" : model.panes().mark(task.id());
                    if (!mark.isEmpty()) {
                        frame.set(box.x() + 1, y, mark, 1, theme.paint(Role.PROMPT, ground));
                    }
                    new TaskRow(frame, y, model, theme, ground).draw(box.x() + 2, columns, task);
                }
                case TableLine.Heading heading ->
                        group(frame, box, y, heading, role -> theme.paint(role, ground));
            }
        }
        double all = table.lines().size();
        frame.scrollbar(box, table.top() / all, (table.top() + rows) / all, line);
    }

    /** What stands above a group: its name, how many it has, and what of them needs a look. */
    private static void group(
            Frame frame, Rect box, int y, TableLine.Heading heading, ToLongFunction<Role> paint) {
        int end = box.x() + box.width() - 2;
        int at = box.x() + 2;
        String title = (heading.folded() ? "▸ " : "▾ ") + heading.title();
        at = frame.putClipped(at, y, end - at, title, paint.applyAsLong(Role.TITLE));
        at = count(frame, at, y, end, heading.tasks() + "", paint.applyAsLong(Role.DIM));
        if (heading.attention() > 0) {
            String text = AgentCells.ATTENTION + " " + heading.attention();
            at = count(frame, at, y, end, text, paint.applyAsLong(Role.ATTENTION));
        }
        if (heading.failed() > 0 && heading.failed() < heading.tasks()) {
            String text = Symbols.of(Phase.FAILED) + " " + heading.failed();
            at = count(frame, at, y, end, text, paint.applyAsLong(Role.FAILED));
        }
        if (heading.running() > 0 && heading.running() < heading.tasks()) {
            String text = Symbols.of(Phase.RUNNING) + " " + heading.running();
            count(frame, at, y, end, text, paint.applyAsLong(Role.RUNNING));
        }
    }

    private static int count(Frame frame, int x, int y, int end, String text, long paint) {
        int columns = CellWidth.width(text);
        return x + 2 + columns > end ? x : frame.put(x + 2, y, columns, text, paint);
    }

    private static void title(Frame frame, Rect box, Model model, Theme theme) {
        TaskTable table = model.table();
        int all = model.scope().tasks().size();
        Role role = model.focus() == Focus.TABLE ? Role.TITLE : Role.TEXT;
        Grouping grouping = table.choice().grouping();
        String what =
                (model.scope().everywhere() ? " Tasks of all workspaces" : " Tasks")
                        + (grouping == Grouping.NOTHING ? " " : " by " + grouping.word() + " ");
        int at = frame.put(box.x() + 2, box.y(), box.width() - 4, what, theme.paint(role));
        if (!table.filter().isBlank()) {
            String filter = " /" + TerminalText.plain(table.filter()) + " ";
            int room = Math.max(0, box.width() - 17 - what.length());
            frame.putClipped(at + 1, box.y(), room, filter, theme.paint(Role.PROMPT));
        }
        if (all > 0) {
            String count =
                    table.rows().size() == all
                            ? position(table, all)
                            : " " + table.rows().size() + " of " + all + " ";
            int width = Math.min(box.width() - 5 - what.length(), count.length());
            frame.putRight(
                    box.x() + box.width() - 2 - width,
                    box.y(),
                    width,
                    count,
                    theme.paint(Role.DIM));
        }
    }

    /** What a person who opens a dashboard without tasks wants to know. */
    private static List<String> welcome(Model model) {
        if (model.snapshot().at().equals(Instant.EPOCH)) {
            return List.of("Asking the supervisor…");
        }
        List<String> lines = new ArrayList<>(List.of("Nothing simmers here yet.", ""));
        lines.add("n  spawn a command");
        int elsewhere = model.snapshot().tasks().size();
        if (elsewhere > 0) {
            lines.add("W  all workspaces");
        }
        lines.addAll(List.of("?  all keys", "q  leave", ""));
        lines.add("Tasks of a simmer.yaml in this folder show up here.");
        return lines;
    }

    private static void empty(Frame frame, Rect box, Model model, Theme theme) {
        List<String> lines = welcome(model);
        int block = Math.min(box.width() - 4, 51);
        int x = box.x() + (box.width() - block) / 2;
        int y = box.y() + Math.max(1, (box.height() - lines.size()) / 2);
        for (String line : lines) {
            boolean key = line.length() > 2 && line.startsWith("  ", 1);
            int offset =
                    key ? Math.max(0, (block - 18) / 2) : Math.max(0, (block - line.length()) / 2);
            Role role = line.equals(lines.getFirst()) ? Role.TITLE : Role.DIM;
            if (y < box.y() + box.height() - 1) {
                int room = block - offset;
                frame.putClipped(x + offset, y, room, line, theme.paint(role));
                if (key) {
                    frame.put(x + offset, y, 1, line.substring(0, 1), theme.paint(Role.KEY));
                }
            }
            y++;
        }
    }

    /** Which of the tasks the cursor is on, and of how many; on a heading only how many. */
    private static String position(TaskTable table, int all) {
        if (table.heading().isPresent()) {
            return " " + all + " ";
        }
        int tasks = 0;
        for (int i = 0; i <= table.at(); i++) {
            tasks +=
                    switch (table.lines().get(i)) {
                        case TableLine.Task _ -> 1;
                        case TableLine.Heading heading -> heading.folded() ? heading.tasks() : 0;
                    };
        }
        return " " + tasks + " of " + all + " ";
    }

    private static void heading(
            Frame frame, Rect box, PlacedColumns columns, TableChoice choice, Theme theme) {
        boolean told =
                choice.sort() != TableChoice.DEFAULT.sort()
                        || choice.ascending() != TableChoice.DEFAULT.ascending();
        for (PlacedColumns.Placed placed : columns.columns()) {
            Column column = placed.column();
            String words = column.heading();
            boolean sorted = told && column == choice.sort();
            // The sign of the order may stand in the gap behind the column.
            int room = placed.width() + (sorted && words.length() >= placed.width() ? 1 : 0);
            if (sorted) {
                words =
                        words.substring(0, Math.min(words.length(), room - 1))
                                + (choice.ascending() ? "↑" : "↓");
            }
            int x = box.x() + 2 + placed.at();
            int y = box.y() + 1;
            long paint = theme.paint(sorted ? Role.PROMPT : Role.HEADING);
            if (TaskRow.rightAligned(column)) {
                frame.putRight(x, y, room, words, paint);
            } else {
                frame.putClipped(x, y, room, words, paint);
            }
        }
    }
}
