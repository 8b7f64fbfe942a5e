package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskView;

import java.util.List;
import java.util.Optional;

/**
 * Where everything lies on the screen.
 *
 * @param tooSmall whether only a polite line fits
 * @param header rows at the top
 * @param band rows below them for what {@link #band(Model)} tells; no rows where that is nothing
 * @param table the table's box with its border; empty where it is not shown
 * @param log the log's box with its border; empty where it is not shown
 * @param footer the last row
 * @param detail rows at the top of the log's box that say how the task stands; 0 to 2, of an agent
 *     at most half of the box
 * @param rule rows below them that part them from an agent's own text, which may look the same; 0
 *     or 1
 */
public record Layout(
        boolean tooSmall,
        Rect header,
        Rect band,
        Optional<Rect> table,
        Optional<Rect> log,
        Rect footer,
        int detail,
        int rule) {
    /** Columns and rows below which nothing sensible fits. */
    public static final int LEAST_COLUMNS = 40;

    /** See {@link #LEAST_COLUMNS}. */
    public static final int LEAST_ROWS = 10;

    private static final int BESIDE_FROM_COLUMNS = 200;
    private static final int TWO_PANES_FROM_ROWS = 18;
    private static final int HEADER_ROWS = 2;

    static Layout of(Model model) {
        int columns = model.columns();
        int rows = model.rows();
        Rect header = new Rect(0, 0, columns, Math.min(HEADER_ROWS, rows));
        Rect footer = new Rect(0, Math.max(0, rows - 1), columns, 1);
        boolean tooSmall = columns < LEAST_COLUMNS || rows < LEAST_ROWS;
        int told = tooSmall ? 0 : band(model).rows().size();
        Rect band = new Rect(0, HEADER_ROWS, columns, told);
        if (tooSmall) {
            return new Layout(true, header, band, Optional.empty(), Optional.empty(), footer, 0, 0);
        }
        int top = HEADER_ROWS + told;
        Rect body = new Rect(0, top, columns, rows - top - 1);
        Optional<Rect> table = Optional.of(body);
        Optional<Rect> log = Optional.empty();
        if (!model.scope().tasks().isEmpty()) {
            boolean onlyOne = model.zoomed() || rows < TWO_PANES_FROM_ROWS;
            boolean showLog = model.zoomed() || model.focus() == Focus.LOG;
            if (onlyOne && showLog) {
                table = Optional.empty();
                log = Optional.of(body);
            } else if (!onlyOne && columns >= BESIDE_FROM_COLUMNS) {
                int left = columns / 2;
                table = Optional.of(new Rect(0, body.y(), left, body.height()));
                log = Optional.of(new Rect(left, body.y(), columns - left, body.height()));
            } else if (!onlyOne) {
                int wanted = model.scope().tasks().size() + 3;
                int height = Math.clamp(wanted, 6, (body.height() + 1) / 2);
                table = Optional.of(new Rect(0, body.y(), columns, height));
                log = Optional.of(new Rect(0, body.y() + height, columns, body.height() - height));
            }
        }
        int detail = 0;
        if (log.isPresent()) {
            Rect box = log.get();
            detail = model.selected().map(task -> detail(model, task, box)).orElse(0);
        }
        boolean agent = model.selected().flatMap(TaskView::agent).isPresent();
        int rule = agent && detail > 0 ? 1 : 0;
        return new Layout(false, header, band, table, log, footer, detail, rule);
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

    private static int detail(Model model, TaskView task, Rect box) {
        if (task.agent().isPresent()) {
            return agent(model, task, box).size();
        }
        int columns = box.width() - 6;
        if (task.reason().isEmpty()) {
            return 0;
        }
        return CellWidth.width(TerminalText.plain(task.reason())) > columns ? 2 : 1;
    }

    /** The rows that say how the selected task stands where it is an agent; else none. */
    public List<AgentDetail.Row> agent(Model model) {
        Optional<TaskView> task = model.selected().filter(each -> each.agent().isPresent());
        return task.isEmpty() || log.isEmpty() ? List.of() : agent(model, task.get(), log.get());
    }

    private static List<AgentDetail.Row> agent(Model model, TaskView task, Rect box) {
        // A report or a diff wants the room for itself.
        int most = model.sheet().fromTop() ? 1 : Math.clamp((box.height() - 2) / 2, 1, 9);
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

    /** Log rows that fit into the log's box, at least 1. */
    public int logRows() {
        return log.map(box -> Math.max(1, box.height() - 2 - detail - rule)).orElse(1);
    }

    /** Columns of text that fit into the log's box, at least 1. */
    public int logColumns() {
        return log.map(box -> Math.max(1, box.width() - 4)).orElse(1);
    }
}
