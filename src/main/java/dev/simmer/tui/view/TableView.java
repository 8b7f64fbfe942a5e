package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentWords;
import dev.simmer.tui.model.Focus;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.Scope;
import dev.simmer.tui.model.TaskTable;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of tasks. */
final class TableView {
    /** Columns of words that are worth more than a figure beside them. */
    private static final int LEAST_WORDS = 8;

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
        if (table.rows().isEmpty()) {
            frame.putClipped(
                    box.x() + 3,
                    box.y() + 2,
                    box.width() - 6,
                    "no task matches; Esc shows all",
                    theme.paint(Role.DIM));
            return;
        }
        List<TaskView> seen = table.seen(rows);
        Columns columns = Columns.of(box.width() - 4, model.scope(), table.nameColumns());
        heading(frame, box, columns, theme);
        for (int i = 0; i < seen.size(); i++) {
            boolean selected = table.selected().equals(Optional.of(seen.get(i).id()));
            Role ground = !selected ? Role.TEXT : focused ? Role.SELECTION : Role.SELECTION_IDLE;
            int y = box.y() + 2 + i;
            if (selected) {
                Rect row = new Rect(box.x() + 1, y, box.width() - 2, 1);
                frame.fill(row, " ", theme.paint(ground));
                frame.set(box.x() + 1, y, "▌", 1, theme.paint(Role.BORDER_FOCUS, ground));
            }
            new Row(frame, y, model, theme, ground).draw(box.x() + 2, columns, seen.get(i));
        }
        double all = table.rows().size();
        frame.scrollbar(box, table.top() / all, (table.top() + rows) / all, line);
    }

    private static void title(Frame frame, Rect box, Model model, Theme theme) {
        TaskTable table = model.table();
        int all = model.scope().tasks().size();
        Role role = model.focus() == Focus.TABLE ? Role.TITLE : Role.TEXT;
        String what = model.scope().everywhere() ? " Tasks of all workspaces " : " Tasks ";
        int at = frame.put(box.x() + 2, box.y(), box.width() - 4, what, theme.paint(role));
        if (!table.filter().isBlank()) {
            String filter = " /" + TerminalText.plain(table.filter()) + " ";
            int room = Math.max(0, box.width() - 17 - what.length());
            frame.putClipped(at + 1, box.y(), room, filter, theme.paint(Role.PROMPT));
        }
        if (all > 0) {
            String count =
                    table.rows().size() == all
                            ? " " + (table.index() + 1) + " of " + all + " "
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

    private static void heading(Frame frame, Rect box, Columns columns, Theme theme) {
        long paint = theme.paint(Role.HEADING);
        int x = box.x() + 2;
        int y = box.y() + 1;
        frame.putRight(x + columns.idAt(), y, columns.id(), "ID", paint);
        frame.putClipped(x + columns.nameAt(), y, columns.name(), "NAME", paint);
        frame.putClipped(x + columns.placeAt(), y, columns.place(), "WORKSPACE", paint);
        frame.putClipped(x + columns.kindAt(), y, columns.kind(), "KIND", paint);
        frame.putClipped(x + columns.stateAt(), y, columns.state(), "STATE", paint);
        if (columns.cpu() > 0) {
            frame.putRight(x + columns.cpuAt(), y, columns.cpu(), "CPU", paint);
        }
        if (columns.memory() > 0) {
            frame.putRight(x + columns.memoryAt(), y, columns.memory(), "MEMORY", paint);
        }
        if (columns.time() > 0) {
            frame.putRight(x + columns.timeAt(), y, columns.time(), "TIME", paint);
        }
        right(frame, x + columns.turnsAt(), y, columns.turns(), "TURNS", paint);
        right(frame, x + columns.toolsAt(), y, columns.tools(), "TOOLS", paint);
        right(frame, x + columns.tokensAt(), y, columns.tokens(), "TOKENS", paint);
        right(frame, x + columns.costAt(), y, columns.cost(), "COST", paint);
        frame.putClipped(x + columns.infoAt(), y, columns.info(), "ACTIVITY", paint);
    }

    /** In a column, which may not be shown. */
    private static void right(Frame frame, int x, int y, int columns, String text, long paint) {
        if (columns > 0) {
            frame.putRight(x, y, columns, text, paint);
        }
    }

    /** A row that is being drawn. */
    private record Row(Frame frame, int y, Model model, Theme theme, Role ground) {
        private long paint(Role role) {
            return theme.paint(role, ground);
        }

        void draw(int x, Columns columns, TaskView task) {
            Phase phase = task.phase();
            long state = paint(AgentCells.role(task));
            boolean over = phase.ended();
            Role weight = over ? Role.DIM : Role.TEXT;
            String id = task.id().toString();
            frame.putRight(x + columns.idAt(), y, columns.id(), id, paint(Role.DIM));
            String plain = TerminalText.plain(task.name());
            String name = plain.isBlank() ? "(unprintable)" : plain;
            frame.putClipped(x + columns.nameAt(), y, columns.name(), name, paint(Role.TEXT));
            if (columns.place() > 0) {
                String place = Scope.label(task);
                frame.putClipped(x + columns.placeAt(), y, columns.place(), place, paint(Role.DIM));
            }
            String kind = kind(task.spec().kind(), columns.kind());
            frame.putClipped(x + columns.kindAt(), y, columns.kind(), kind, paint(Role.DIM));
            String word =
                    AgentCells.symbol(task) + " " + AgentWords.state(task, columns.wideState());
            frame.putClipped(x + columns.stateAt(), y, columns.state(), word, state);
            if (phase.active() && columns.cpu() > 0) {
                String cpu = Math.round(100 * task.cpu()) + "%";
                frame.putRight(x + columns.cpuAt(), y, columns.cpu(), cpu, paint(weight));
            }
            memory(x, columns, task, weight);
            String time = time(task, model.now());
            frame.putRight(x + columns.timeAt(), y, columns.time(), time, paint(weight));
            task.agent().ifPresent(run -> figures(x, columns, run, weight));
            info(x, columns, task);
        }

        private void figures(int x, Columns columns, AgentRun run, Role weight) {
            long paint = paint(weight);
            String turns = Integer.toString(run.turns());
            String tools = Integer.toString(run.tools());
            right(frame, x + columns.turnsAt(), y, columns.turns(), turns, paint);
            right(frame, x + columns.toolsAt(), y, columns.tools(), tools, paint);
            String tokens = AgentWords.tokens(run);
            right(frame, x + columns.tokensAt(), y, columns.tokens(), tokens, paint);
            right(frame, x + columns.costAt(), y, columns.cost(), AgentWords.cost(run), paint);
        }

        private void memory(int x, Columns columns, TaskView task, Role weight) {
            if (columns.memory() == 0 || task.phase().ended()) {
                return;
            }
            String expected = "/" + ByteSize.compact(task.expected().bytes());
            String used = task.phase().active() ? ByteSize.compact(task.rssBytes()) : "–";
            int width = CellWidth.width(used) + expected.length();
            int at = x + columns.memoryAt() + columns.memory() - width;
            if (width > columns.memory()) {
                frame.putRight(x + columns.memoryAt(), y, columns.memory(), used, paint(weight));
            } else {
                int next = frame.put(at, y, width, used, paint(weight));
                frame.put(next, y, width, expected, paint(Role.DIM));
            }
        }

        private void info(int x, Columns columns, TaskView task) {
            String figure = task.agent().map(run -> AgentCells.folded(run, columns)).orElse("");
            int at = x + columns.infoAt();
            int room = columns.info();
            int beside = room - (figure.isEmpty() ? 0 : CellWidth.width(figure) + 1);
            AgentCells.Info info =
                    AgentCells.info(model, task, beside).orElseGet(() -> plainInfo(task));
            boolean folds =
                    !figure.isEmpty()
                            && (CellWidth.width(info.text()) <= beside
                                    || (info.role() == Role.DIM && beside >= LEAST_WORDS));
            if (folds) {
                frame.putRight(at, y, room, figure, paint(Role.TEXT));
                room = beside;
            }
            frame.putClipped(at, y, room, info.text(), paint(info.role()));
        }

        private AgentCells.Info plainInfo(TaskView task) {
            Phase phase = task.phase();
            String reason = AgentWords.reason(task);
            String last = model.lastLine(task).text();
            boolean lastFirst =
                    phase == Phase.RUNNING || phase == Phase.READY || phase == Phase.SUCCEEDED;
            boolean useLast = reason.isEmpty() || (lastFirst && !last.isEmpty());
            Role role =
                    useLast
                            ? Role.DIM
                            : phase.failed() || !phase.ended() ? Role.of(phase) : Role.DIM;
            String text = useLast ? last.strip() : reason;
            return new AgentCells.Info(text, role);
        }
    }

    private static String kind(Kind kind, int columns) {
        if (columns >= 7) {
            return kind.word();
        }
        return switch (kind) {
            case JOB -> "job";
            case SERVICE -> "svc";
            case AGENT -> "agt";
        };
    }

    /** How long the newest attempt has run, or ran. */
    private static String time(TaskView task, Instant now) {
        if (task.startedAt().isEmpty() || task.phase() == Phase.WAITING) {
            return "";
        }
        Instant end = task.phase().active() ? now : task.endedAt().orElse(now);
        if (!task.phase().active() && task.endedAt().isEmpty()) {
            return "";
        }
        Duration ran = Duration.between(task.startedAt().get(), end);
        return task.phase().active() && ran.toSeconds() < 10
                ? Math.max(0, ran.toSeconds()) + "s"
                : Durations.format(ran);
    }
}
