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
import dev.simmer.tui.model.Column;
import dev.simmer.tui.model.Fuzzy.Span;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.PlacedColumns;
import dev.simmer.tui.model.Progress;
import dev.simmer.tui.model.Scope;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A task in the table, cell by cell. */
record TaskRow(Frame frame, int y, Model model, Theme theme, Role ground) {
    /** Columns of words that are worth more than a figure beside them. */
    private static final int LEAST_WORDS = 8;

    /** Columns of a bar of progress with its figure, at most. */
    private static final int BAR = 15;

    private static final Duration GRAPHED = Duration.ofMinutes(2);

    /** Whether a column's cells stand at its right edge. */
    static boolean rightAligned(Column column) {
        return switch (column) {
            case ID, CPU, MEMORY, TIME, TURNS, TOOLS, TOKENS, COST -> true;
            case NAME, WORKSPACE, KIND, STATE, GRAPH, ACTIVITY -> false;
        };
    }

    private long paint(Role role) {
        return theme.paint(role, ground);
    }

    void draw(int x, PlacedColumns columns, TaskView task) {
        for (PlacedColumns.Placed placed : columns.columns()) {
            cell(x + placed.at(), placed.width(), placed.column(), columns, task);
        }
    }

    private void cell(int at, int width, Column column, PlacedColumns columns, TaskView task) {
        boolean over = task.phase().ended();
        Role weight = over ? Role.DIM : Role.TEXT;
        switch (column) {
            case ID -> frame.putRight(at, y, width, task.id().toString(), paint(Role.DIM));
            case NAME -> name(at, width, task);
            case WORKSPACE -> frame.putClipped(at, y, width, Scope.label(task), paint(Role.DIM));
            case KIND ->
                    frame.putClipped(
                            at, y, width, kind(task.spec().kind(), width), paint(Role.DIM));
            case STATE -> {
                String word = AgentWords.state(task, columns.wideState());
                String text = AgentCells.symbol(task) + " " + word;
                frame.putClipped(at, y, width, text, paint(AgentCells.role(task)));
            }
            case CPU -> {
                if (task.phase().active()) {
                    String cpu = Math.round(100 * task.cpu()) + "%";
                    frame.putRight(at, y, width, cpu, paint(weight));
                }
            }
            case MEMORY -> memory(at, width, task, weight);
            case GRAPH -> graph(at, width, task);
            case TIME -> frame.putRight(at, y, width, time(task, model.now()), paint(weight));
            case TURNS -> figure(at, width, task, weight, run -> Integer.toString(run.turns()));
            case TOOLS -> figure(at, width, task, weight, run -> Integer.toString(run.tools()));
            case TOKENS -> figure(at, width, task, weight, AgentWords::tokens);
            case COST -> figure(at, width, task, weight, AgentWords::cost);
            case ACTIVITY -> activity(at, width, columns, task);
        }
    }

    private void figure(
            int at, int width, TaskView task, Role weight, Function<AgentRun, String> words) {
        task.agent()
                .ifPresent(run -> frame.putRight(at, y, width, words.apply(run), paint(weight)));
    }

    /** The name, and in it what the filter looks for. */
    private void name(int at, int width, TaskView task) {
        String plain = TerminalText.plain(task.name());
        if (plain.isBlank()) {
            frame.putClipped(at, y, width, "(unprintable)", paint(Role.TEXT));
            return;
        }
        frame.putClipped(at, y, width, plain, paint(Role.TEXT));
        int end = CellWidth.width(plain) > width ? width - 1 : width;
        for (Span span : model.table().query().inName(plain)) {
            int from = CellWidth.width(plain.substring(0, span.from()));
            String found = plain.substring(span.from(), span.to());
            frame.put(at + from, y, Math.max(0, end - from), found, theme.paint(Role.MATCH));
        }
    }

    private void memory(int x, int width, TaskView task, Role weight) {
        if (task.phase().ended()) {
            return;
        }
        String expected = "/" + ByteSize.compact(task.expected().bytes());
        String used = task.phase().active() ? ByteSize.compact(task.rssBytes()) : "–";
        int columns = CellWidth.width(used) + expected.length();
        if (columns > width) {
            frame.putRight(x, y, width, used, paint(weight));
        } else {
            int next = frame.put(x + width - columns, y, columns, used, paint(weight));
            frame.put(next, y, columns, expected, paint(Role.DIM));
        }
    }

    /** Its memory lately, against what is expected of it; only while it runs. */
    private void graph(int at, int width, TaskView task) {
        if (!task.phase().active()) {
            return;
        }
        float[] samples =
                model.sights().history().memory(task.id(), width * Braille.SAMPLES, GRAPHED);
        double top = Braille.top(samples, (double) task.expected().bytes());
        frame.put(at, y, width, Braille.line(samples, top), paint(Role.GRAPH_MEMORY));
    }

    /** What it does; figures whose columns have no room are here, as far as words are left. */
    private void activity(int x, int width, PlacedColumns columns, TaskView task) {
        int at = x;
        int room = width;
        String time = columns.width(Column.TIME) > 0 ? "" : time(task, model.now());
        if (!time.isEmpty() && room - time.length() - 2 >= LEAST_WORDS) {
            at =
                    frame.put(at, y, room, time, paint(task.phase().ended() ? Role.DIM : Role.TEXT))
                            + 2;
            room = x + width - at;
        }
        Optional<Progress> progress = model.progress(task).filter(_ -> task.phase().active());
        if (progress.isPresent() && room >= LEAST_WORDS) {
            int bar = Math.min(BAR, Math.max(0, room - LEAST_WORDS - 2));
            int end =
                    ProgressBar.draw(
                            frame,
                            at,
                            y,
                            bar,
                            progress.get(),
                            paint(Role.PROGRESS),
                            paint(Role.PROGRESS_LEFT),
                            paint(Role.TEXT));
            at = end == at ? at : end + 2;
            room = x + width - at;
        }
        String figure = task.agent().map(run -> AgentCells.folded(run, columns)).orElse("");
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
                useLast ? Role.DIM : phase.failed() || !phase.ended() ? Role.of(phase) : Role.DIM;
        return new AgentCells.Info(useLast ? last.strip() : reason, role);
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
