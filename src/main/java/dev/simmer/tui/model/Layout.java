package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where everything lies on the screen.
 *
 * @param tooSmall whether only a polite line fits
 * @param header rows at the top
 * @param band rows below them for what {@link #band(Model)} tells; no rows where that is nothing
 * @param table the table's box with its border; empty where it is not shown
 * @param logs the log panes that are shown, in reading order
 * @param details the box of the details panel with its border; empty where it is not shown
 * @param borders what can be moved: between table and logs, and between logs
 * @param footer the last row
 * @param current the pane that keys for logs are about
 */
public record Layout(
        boolean tooSmall,
        Rect header,
        Rect band,
        Optional<Rect> table,
        List<PaneBox> logs,
        Optional<Rect> details,
        List<Border> borders,
        Rect footer,
        PaneId current) {
    /** Columns and rows below which nothing sensible fits. */
    public static final int LEAST_COLUMNS = 40;

    /** See {@link #LEAST_COLUMNS}. */
    public static final int LEAST_ROWS = 10;

    /** Columns of the smallest part, with its border. */
    static final int LEAST_PART_COLUMNS = 30;

    /** Rows of the smallest part, with its border: three inside. */
    static final int LEAST_PART_ROWS = 5;

    private static final int DIVIDED_FROM_ROWS = 18;
    private static final int HEADER_ROWS = 2;

    public Layout {
        logs = List.copyOf(logs);
        borders = List.copyOf(borders);
    }

    static Layout of(Model model) {
        int columns = model.columns();
        int rows = model.rows();
        Rect header = new Rect(0, 0, columns, Math.min(HEADER_ROWS, rows));
        Rect footer = new Rect(0, Math.max(0, rows - 1), columns, 1);
        boolean tooSmall = columns < LEAST_COLUMNS || rows < LEAST_ROWS;
        int told = tooSmall ? 0 : band(model).rows().size();
        Rect band = new Rect(0, HEADER_ROWS, columns, told);
        Optional<Rect> table = Optional.empty();
        List<Border> borders = new ArrayList<>();
        List<PaneBox> logs = List.of();
        if (!tooSmall) {
            int top = HEADER_ROWS + told;
            Rect body = new Rect(0, top, columns, rows - top - 1);
            boolean alone = model.zoomed() || rows < DIVIDED_FROM_ROWS;
            if (model.scope().tasks().isEmpty() || (alone && model.focus() == Focus.TABLE)) {
                table = Optional.of(body);
            } else if (alone) {
                logs = List.of(box(model, model.panes().current(), body));
            } else {
                Border border = border(model, body);
                PaneGrid.Grid grid = grid(model, border.after());
                borders.add(border);
                borders.addAll(grid.borders());
                table = Optional.of(border.before());
                logs = grid.panes().stream().map(p -> box(model, p.id(), p.box())).toList();
            }
        }
        Optional<Rect> details = table.flatMap(box -> DetailsRoom.of(model, box));
        if (details.isPresent()) {
            int panel = details.get().height();
            table = table.map(box -> new Rect(box.x(), box.y(), box.width(), box.height() - panel));
        }
        return new Layout(
                tooSmall, header, band, table, logs, details, borders, footer, model.paneId());
    }

    private static Border border(Model model, Rect body) {
        Arrangement wish = model.arrangement();
        if (wish.shape().beside(model.columns(), model.rows())) {
            return wish.border(Divider.BESIDE, body, body.width() / 2);
        }
        int rows = Math.clamp(wholeTable(model), 6, (body.height() + 1) / 2);
        return wish.border(Divider.BELOW, body, rows);
    }

    /** Rows that the table takes where none of its lines is scrolled away, with its border. */
    static int wholeTable(Model model) {
        // Not fewer for what a filter hides, so that nothing jumps while one is typed.
        return Math.max(model.scope().tasks().size(), model.table().lines().size()) + 3;
    }

    private static PaneGrid.Grid grid(Model model, Rect area) {
        Panes panes = model.panes();
        // What is pinned is not shown once more, unless that is where the keys are.
        Optional<PaneId> twin =
                model.focused(PaneId.FLOATING) ? Optional.empty() : panes.twin().map(Pane::id);
        List<PaneId> ids = new ArrayList<>(panes.pinned().stream().map(Pane::id).toList());
        if (twin.isEmpty()) {
            ids.add(PaneId.FLOATING);
        }
        List<PaneId> wanted = new ArrayList<>(List.of(twin.orElse(PaneId.FLOATING)));
        wanted.add(model.focus() == Focus.LOG ? 0 : 1, panes.current());
        wanted.retainAll(ids);
        return PaneGrid.place(area, ids, wanted, model.arrangement());
    }

    private static PaneBox box(Model model, PaneId id, Rect box) {
        Pane pane = model.panes().get(id);
        Optional<TaskView> task = model.task(pane);
        boolean own = pane.sheet() != Sheet.MERGED;
        int detail = task.filter(_ -> own).map(each -> detail(model, pane, each, box)).orElse(0);
        int rule = detail > 0 && task.flatMap(TaskView::agent).isPresent() ? 1 : 0;
        return new PaneBox(id, box, detail, rule);
    }

    /**
     * What is told over the whole width.
     *
     * @param rows the text, in rows as wide as the screen; empty where there is nothing to tell
     * @param failure whether something is wrong with Simmer itself; else the host is short of
     *     something
     */
    public record Band(List<String> rows, boolean failure) {}

    /** What keeps the engine from going on; else why it holds work back on the whole host. */
    public static Band band(Model model) {
        Optional<String> trouble = model.snapshot().trouble();
        String pressure = model.snapshot().host().pressure();
        if (trouble.isEmpty() && pressure.isEmpty()) {
            return new Band(List.of(), false);
        }
        int limit = model.rows() >= 20 ? 3 : model.rows() >= 12 ? 2 : 1;
        String text = "! " + TerminalText.plain(trouble.orElse(pressure));
        return new Band(WordRows.of(text, model.columns() - 4, limit), trouble.isPresent());
    }

    private static int detail(Model model, Pane pane, TaskView task, Rect box) {
        if (task.agent().isPresent()) {
            return agent(model, pane, task, box).size();
        }
        int columns = box.width() - 6;
        if (task.reason().isEmpty() || box.height() < LEAST_PART_ROWS) {
            return 0;
        }
        return CellWidth.width(TerminalText.plain(task.reason())) > columns ? 2 : 1;
    }

    /** The rows that say how a pane's task stands where it is an agent; else none. */
    public List<AgentDetail.Row> agent(Model model, PaneBox box) {
        Pane pane = model.panes().get(box.id());
        Optional<TaskView> task = model.task(pane).filter(each -> each.agent().isPresent());
        return task.map(each -> agent(model, pane, each, box.box())).orElse(List.of());
    }

    private static List<AgentDetail.Row> agent(Model model, Pane pane, TaskView task, Rect box) {
        // A report or a diff wants the room for itself.
        int most = pane.sheet().fromTop() ? 1 : Math.clamp((box.height() - 2) / 2, 1, 9);
        return AgentDetail.rows(
                task,
                task.agent().orElseThrow(),
                model.measured(task),
                model.now(),
                model.place().zone(),
                Math.max(1, box.width() - 6),
                most);
    }

    /** Task rows that fit into the table, at least 1. */
    public int tableRows() {
        return table.map(box -> Math.max(1, box.height() - 3)).orElse(1);
    }

    /** Where a pane lies; empty where it is not shown. */
    public Optional<PaneBox> pane(PaneId id) {
        for (PaneBox box : logs) {
            if (box.id() == id) {
                return Optional.of(box);
            }
        }
        return Optional.empty();
    }

    /** Whether a pane is shown, or would be if the screen were not too small. */
    boolean shows(PaneId id) {
        return tooSmall || pane(id).isPresent();
    }

    /** How many pinned logs have no room beside the table. */
    public int hidden(Model model) {
        long shown = logs.stream().filter(box -> box.id() != PaneId.FLOATING).count();
        return divided() ? model.panes().pinned().size() - (int) shown : 0;
    }

    /** Whether table and logs are both shown. */
    public boolean divided() {
        return divider().isPresent();
    }

    /** The border between table and logs; empty where only one of them is shown. */
    Optional<Border> divider() {
        return borders.isEmpty() ? Optional.empty() : Optional.of(borders.getFirst());
    }

    /** A border that can be moved; empty where there is none. */
    Optional<Border> border(Divider which) {
        return borders.stream().filter(border -> border.which() == which).findFirst();
    }

    /** The border under a cell. */
    Optional<Border> borderAt(int column, int row) {
        return borders.stream().filter(border -> border.contains(column, row)).findFirst();
    }

    /** The pane under a cell. */
    Optional<PaneId> paneAt(int column, int row) {
        return logs.stream()
                .filter(box -> box.box().contains(column, row))
                .map(PaneBox::id)
                .findFirst();
    }

    /** Log rows that fit into a pane, at least 1; 1 where it is not shown. */
    public int rows(PaneId id) {
        return pane(id).map(PaneBox::rows).orElse(1);
    }

    /** Columns of text that fit into a pane, at least 1; 1 where it is not shown. */
    public int columns(PaneId id) {
        return pane(id).map(PaneBox::columns).orElse(1);
    }

    /** The box of the pane that keys for logs are about; empty where it is not shown. */
    public Optional<Rect> log() {
        return pane(current).map(PaneBox::box);
    }

    /** Log rows that fit into that pane, at least 1. */
    public int logRows() {
        return rows(current);
    }

    /** Columns of text that fit into it, at least 1. */
    public int logColumns() {
        return columns(current);
    }
}
