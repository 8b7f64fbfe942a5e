package dev.simmer.tui.model;

import dev.simmer.model.Kind;
import dev.simmer.model.TaskView;

import java.util.Optional;

/** What of an agent the log pane shows: transcript, raw stream, diff, report. */
final class SheetUpdate {
    private SheetUpdate() {}

    /** Shows a sheet of the selected agent, or its transcript again. */
    static Step toggle(Model model, Sheet sheet) {
        Optional<TaskView> selected = model.selected();
        if (selected.isEmpty() || selected.get().spec().kind() != Kind.AGENT) {
            return Step.of(model);
        }
        if (model.sheet() == sheet) {
            return Step.of(closed(model));
        }
        TaskView task = selected.get();
        if (LogKey.of(task, sheet).isEmpty()) {
            return Step.of(Update.say(model, missing(task, sheet)));
        }
        boolean hidden = model.layout().log().isEmpty();
        return Step.of(
                model.with(m -> {
                    m.behind = m.sheet == Sheet.OUTPUT ? m.focus : m.behind;
                    m.sheet = sheet;
                    if (sheet.fromTop() || hidden) {
                        m.focus = Focus.LOG;
                    }
                }));
    }

    /** The transcript again; the keys go to where they went before. */
    static Model closed(Model model) {
        return model.with(m -> {
            m.sheet = Sheet.OUTPUT;
            if (m.focus == Focus.LOG && !m.zoomed) {
                m.focus = m.behind;
            }
        });
    }

    private static String missing(TaskView task, Sheet sheet) {
        if (task.attempts().isEmpty()) {
            return "it has not run yet";
        }
        boolean over = task.agent().isPresent() && !task.phase().active();
        return switch (sheet) {
            case OUTPUT, RAW -> "there is no stream of events beside its output";
            case DIFF ->
                    over
                            ? "there is no diff: it changed nothing, or had no worktree of its own"
                            : "an agent with a worktree of its own has a diff when it has ended";
            case REPORT -> over ? "there is no report" : "the report is there when it has ended";
        };
    }

    /** Wraps long lines, or cuts them; what is chosen for a report is forgotten with it. */
    static Model wrap(Model model) {
        boolean on = !model.log().wrap();
        return model.with(m -> {
            m.log = m.log.withWrap(on);
            m.wraps = m.sheet == Sheet.REPORT ? m.wraps : on;
        });
    }

    /** The pane for another file. */
    static LogPane opened(Model model, Optional<LogKey> source) {
        Sheet sheet = model.sheet();
        return model.log()
                .of(source)
                .withFollow(!sheet.fromTop())
                .withWrap(model.wraps() || sheet == Sheet.REPORT);
    }

    static Step measured(Model model, Msg.DiffMeasured told) {
        Model.DiffSeen seen = new Model.DiffSeen(told.key(), told.stat(), told.kept());
        return Step.of(model.with(m -> m.measured = Optional.of(seen)));
    }

    /** What it takes to tell of an agent's changes, where they have just come into sight. */
    static Optional<Cmd> measure(Model before, Model after) {
        Optional<LogKey> diff = seen(after);
        boolean asked = diff.equals(seen(before)) && after.sheet() == before.sheet();
        if (diff.isEmpty() || asked || after.selected().flatMap(after::measured).isPresent()) {
            return Optional.empty();
        }
        Optional<LogKey> report = after.selected().flatMap(task -> LogKey.of(task, Sheet.REPORT));
        return Optional.of(new Cmd.MeasureDiff(diff.get(), report));
    }

    private static Optional<LogKey> seen(Model model) {
        return model.layout().log().isEmpty()
                ? Optional.empty()
                : model.selected().flatMap(task -> LogKey.of(task, Sheet.DIFF));
    }

    /** Closes a sheet that cannot go on being shown after a step. */
    static Model kept(Model before, Model after) {
        boolean same = before.table().selected().equals(after.table().selected());
        boolean there =
                after.selected().flatMap(task -> LogKey.of(task, after.sheet())).isPresent();
        return after.sheet() == Sheet.OUTPUT || (same && there) ? after : closed(after);
    }
}
