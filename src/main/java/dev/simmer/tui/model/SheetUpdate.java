package dev.simmer.tui.model;

import dev.simmer.model.Kind;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of an agent a log pane shows: transcript, raw stream, diff, report. */
final class SheetUpdate {
    private SheetUpdate() {}

    /** Shows a sheet of the selected agent, or its transcript again. */
    static Step toggle(Model model, Sheet sheet) {
        Optional<TaskView> selected = model.selected();
        if (selected.isEmpty() || selected.get().spec().kind() != Kind.AGENT) {
            return Step.of(model);
        }
        PaneId id = model.paneId();
        if (model.sheet() == sheet) {
            return Step.of(closed(model, id));
        }
        TaskView task = selected.get();
        if (LogKey.of(task, sheet).isEmpty()) {
            return Step.of(Update.say(model, missing(task, sheet)));
        }
        boolean hidden = model.layout().pane(id).isEmpty();
        Model next =
                model.with(m -> {
                    Pane pane = m.panes.get(id).withSheet(sheet);
                    Focus behind = model.sheet() == Sheet.OUTPUT ? m.focus : pane.behind();
                    m.panes = m.panes.with(pane.withBehind(behind));
                    if (sheet.fromTop() || hidden) {
                        m.panes = m.panes.withCurrent(id);
                        m.focus = Focus.LOG;
                    }
                });
        return Step.of(shown(next, id));
    }

    /** Zooms a pane that has the keys where there is no room for it beside the table. */
    static Model shown(Model model, PaneId id) {
        Layout layout = model.layout();
        return layout.divided() && model.focused(id) && layout.pane(id).isEmpty()
                ? model.with(m -> m.arrangement = m.arrangement.withZoom(Optional.of(Focus.TABLE)))
                : model;
    }

    /** The transcript again; the keys go to where they went before. */
    static Model closed(Model model, PaneId id) {
        return model.with(m -> {
            Pane pane = m.panes.get(id).withSheet(Sheet.OUTPUT);
            m.panes = m.panes.with(pane);
            if (model.focused(id) && !model.zoomed()) {
                m.focus = pane.behind();
            }
        });
    }

    private static String missing(TaskView task, Sheet sheet) {
        if (task.attempts().isEmpty()) {
            return "it has not run yet";
        }
        boolean over = task.agent().isPresent() && !task.phase().active();
        return switch (sheet) {
            case OUTPUT, RAW, MERGED -> "there is no stream of events beside its output";
            case DIFF ->
                    over
                            ? "there is no diff: it changed nothing, or had no worktree of its own"
                            : "an agent with a worktree of its own has a diff when it has ended";
            case REPORT -> over ? "there is no report" : "the report is there when it has ended";
        };
    }

    /** Wraps long lines, or cuts them; what is chosen for a report is forgotten with it. */
    static Model wrap(Model model) {
        Pane pane = model.pane();
        boolean on = !pane.log().wrap();
        LogPane log = LogPlace.wrapped(pane.log(), model.layout(), pane.id(), on);
        return model.with(m -> {
            m.panes = m.panes.with(pane.withLog(log));
            if (pane.sheet() != Sheet.REPORT) {
                m.panes = m.panes.withWraps(on);
            }
        });
    }

    /** The pane for another file. */
    static LogPane opened(Model model, Pane pane, Optional<LogKey> source) {
        Sheet sheet = pane.sheet();
        return pane.log()
                .of(source)
                .withFollow(!sheet.fromTop())
                .withWrap(model.panes().wraps() || sheet == Sheet.REPORT);
    }

    static Step measured(Model model, Msg.DiffMeasured told) {
        Model.DiffSeen seen = new Model.DiffSeen(told.key(), told.stat(), told.kept());
        return Step.of(model.with(m -> m.panes = m.panes.measuring(seen)));
    }

    /** What it takes to tell of agents' changes, where they have just come into sight. */
    static List<Cmd> measure(Model before, Model after) {
        List<Cmd> wanted = new ArrayList<>();
        Set<LogKey> asked = new HashSet<>();
        for (PaneBox box : after.layout().logs()) {
            Pane pane = after.panes().get(box.id());
            Optional<TaskView> task = after.task(pane);
            Optional<LogKey> diff = task.flatMap(each -> LogKey.of(each, Sheet.DIFF));
            if (diff.isEmpty() || task.flatMap(after::measured).isPresent()) {
                continue;
            }
            Optional<Pane> old = before.panes().find(pane.id());
            boolean same =
                    old.filter(each -> each.sheet() == pane.sheet())
                            .filter(each -> before.layout().pane(pane.id()).isPresent())
                            .flatMap(before::task)
                            .flatMap(each -> LogKey.of(each, Sheet.DIFF))
                            .equals(diff);
            if (!same && asked.add(diff.get())) {
                wanted.add(new Cmd.MeasureDiff(diff.get(), LogKey.of(task.get(), Sheet.REPORT)));
            }
        }
        return wanted;
    }

    /** Closes sheets that cannot go on being shown after a step. */
    static Model kept(Model before, Model after) {
        Model kept = after;
        for (Pane pane : after.panes().each()) {
            boolean same =
                    before.panes().find(pane.id()).map(Pane::task).equals(Optional.of(pane.task()));
            boolean there = MergeUpdate.source(after, pane).isPresent();
            if (pane.sheet() != Sheet.OUTPUT
                    && (!there || (!same && !pane.pinned() && pane.sheet() != Sheet.MERGED))) {
                kept = closed(kept, pane.id());
            }
        }
        return kept;
    }
}
