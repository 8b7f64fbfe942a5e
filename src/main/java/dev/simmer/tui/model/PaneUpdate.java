package dev.simmer.tui.model;

import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pinning, focusing and zooming log panes, and keeping each with its task. */
final class PaneUpdate {
    private PaneUpdate() {}

    /** Pins what is shown of the selected task; a pinned one is let go. */
    static Step pin(Model model) {
        if (model.inPinned()) {
            return unpinned(model, model.pane());
        }
        Optional<TaskView> task = model.selected();
        if (task.isEmpty()) {
            return Step.of(model);
        }
        Pane floating = model.panes().floating();
        Optional<Pane> already =
                model.panes().pinned().stream()
                        .filter(pane -> pane.task().equals(Optional.of(task.get().id())))
                        .filter(pane -> pane.sheet() == floating.sheet())
                        .findFirst();
        if (already.isPresent()) {
            return unpinned(model, already.get());
        }
        Optional<PaneId> free = free(model.panes());
        if (free.isEmpty()) {
            String full = "four logs are pinned; P in one of them lets it go";
            return Step.of(Update.say(model, full));
        }
        PaneId id = free.get();
        Pane pane =
                new Pane(
                        id,
                        task.get().name(),
                        Optional.of(task.get().id()),
                        floating.sheet(),
                        Focus.LOG,
                        floating.merged(),
                        floating.log());
        boolean follows = model.focus() == Focus.LOG;
        Model next =
                model.with(m -> {
                    m.panes = m.panes.with(pane);
                    m.panes = follows ? m.panes.withCurrent(id) : m.panes;
                });
        String words = "pinned as " + id.number() + "; the key " + id.number() + " goes there";
        return Step.of(Update.say(next, words));
    }

    /** A number without a pane, else one whose pane waits for a task that is gone. */
    private static Optional<PaneId> free(Panes panes) {
        for (PaneId id : PaneId.PINNED) {
            if (panes.find(id).isEmpty()) {
                return Optional.of(id);
            }
        }
        return PaneId.PINNED.stream().filter(id -> panes.get(id).task().isEmpty()).findFirst();
    }

    private static Step unpinned(Model model, Pane pane) {
        Model next =
                model.with(m -> {
                    if (model.focused(pane.id())) {
                        m.focus = Focus.TABLE;
                        m.arrangement = m.arrangement.withZoom(Optional.empty());
                    }
                    m.panes = m.panes.without(pane.id());
                });
        return Step.of(next, new Cmd.CloseLog(pane.id()));
    }

    /** Gives a pane the keys. */
    static Model focused(Model model, PaneId id) {
        return model.with(m -> {
            m.panes = m.panes.withCurrent(id);
            m.focus = Focus.LOG;
        });
    }

    /** Gives a pinned pane the keys; nothing where nothing is pinned there. */
    static Model numbered(Model model, PaneId id) {
        boolean there = model.panes().find(id).flatMap(model::task).isPresent();
        return there && !model.scope().tasks().isEmpty() ? focused(model, id) : model;
    }

    /**
     * Gives another part the keys: the table, then its logs in reading order, and round.
     *
     * @param by 1 for the next one, -1 for the one before
     */
    static Model next(Model model, int by) {
        if (model.zoomed() || model.scope().tasks().isEmpty()) {
            return model;
        }
        Layout layout = model.layout();
        List<PaneId> logs = new ArrayList<>();
        model.panes().pinned().forEach(pane -> logs.add(pane.id()));
        if (logs.isEmpty() || !layout.divided() || layout.pane(PaneId.FLOATING).isPresent()) {
            logs.add(PaneId.FLOATING);
        }
        // The table is before the first one.
        int at = model.focus() == Focus.TABLE ? 0 : logs.indexOf(model.panes().current()) + 1;
        int to = Math.floorMod(at + by, logs.size() + 1);
        return to == 0 ? model.with(m -> m.focus = Focus.TABLE) : focused(model, logs.get(to - 1));
    }

    /** Shows the part that has the keys alone, or all again. */
    static Model zoom(Model model) {
        if (model.scope().tasks().isEmpty()) {
            return model;
        }
        return model.with(m -> {
            Optional<Focus> from = m.arrangement.zoom();
            m.focus = from.orElse(m.focus);
            m.arrangement =
                    m.arrangement.withZoom(
                            from.isPresent() ? Optional.empty() : Optional.of(m.focus));
        });
    }

    /** Shows the selected task's log alone; from a log it is the same as {@link #zoom}. */
    static Model open(Model model) {
        if (model.focus() == Focus.LOG || model.scope().tasks().isEmpty()) {
            return zoom(model);
        }
        PaneId id = best(model);
        return model.with(m -> {
            m.arrangement = m.arrangement.withZoom(Optional.of(Focus.TABLE));
            m.panes = m.panes.withCurrent(id);
            m.focus = Focus.LOG;
        });
    }

    /** The pane that shows the selected task: a pinned one where the floating one has no room. */
    private static PaneId best(Model model) {
        boolean floats = model.layout().pane(PaneId.FLOATING).isPresent();
        Optional<TaskId> row = model.table().selected();
        return model.panes().pinned().stream()
                .filter(pane -> !floats && pane.task().equals(row))
                .map(Pane::id)
                .findFirst()
                .orElse(PaneId.FLOATING);
    }

    /** Makes the panes fit to what has changed, and asks for what they lack. */
    static Step settled(Model before, Step step) {
        Model model = SheetUpdate.kept(before, attended(before, step.model()));
        List<Cmd> commands = new ArrayList<>(step.commands());
        Layout layout = model.layout();
        Layout old = before.layout();
        Model next = model;
        for (Pane pane : model.panes().each()) {
            Optional<TaskView> task = model.task(pane);
            Optional<LogKey> source = MergeUpdate.source(model, pane);
            if (!source.equals(pane.log().source())) {
                LogPane opened = SheetUpdate.opened(model, pane, source);
                next = LogUpdate.with(next, pane.id(), opened);
                source.ifPresent(key -> commands.add(LogUpdate.begin(pane, key, layout)));
            } else if (source.isPresent() && pane.log().follow()) {
                boolean taller = taller(layout, old, pane.id());
                boolean ended =
                        ended(task, task.flatMap(each -> before.snapshot().task(each.id())));
                if (layout.pane(pane.id()).isPresent() && (taller || ended)) {
                    commands.add(LogUpdate.tail(pane.id(), source.get(), layout, -1));
                }
            }
        }
        if (next.focus() == Focus.LOG && !layout.shows(next.panes().current())) {
            next = next.with(m -> m.focus = Focus.TABLE);
        }
        commands.addAll(SheetUpdate.measure(before, next));
        return new Step(next, commands);
    }

    private static boolean taller(Layout now, Layout before, PaneId id) {
        return before.pane(id).isEmpty() || now.rows(id) > before.rows(id);
    }

    private static boolean ended(Optional<TaskView> now, Optional<TaskView> before) {
        return now.map(TaskView::phase).filter(phase -> !phase.active()).isPresent()
                && before.map(TaskView::phase).filter(Phase::active).isPresent();
    }

    /** The floating pane goes with the selection, pinned ones look for a task of their name. */
    @SuppressWarnings("ReferenceEquality") // what has not changed is the same
    private static Model attended(Model before, Model model) {
        Panes panes = model.panes();
        Optional<TaskId> row = model.row().map(TaskView::id);
        if (!panes.floating().task().equals(row)) {
            panes = panes.with(panes.floating().withTask(row));
        }
        for (Pane pane : model.snapshot() == before.snapshot() ? List.<Pane>of() : panes.each()) {
            if (!pane.pinned()) {
                continue;
            }
            Optional<TaskId> task = found(model, pane);
            String name = model.task(pane).map(TaskView::name).orElse(pane.name());
            if (!task.equals(pane.task()) || !name.equals(pane.name())) {
                panes = panes.with(pane.withTask(task).withName(name));
            }
        }
        Panes changed = panes;
        return panes == model.panes() ? model : model.with(m -> m.panes = changed);
    }

    private static Optional<TaskId> found(Model model, Pane pane) {
        if (model.task(pane).isPresent()) {
            return pane.task();
        }
        Optional<TaskId> newest = Optional.empty();
        for (TaskView task : model.scope().tasks()) {
            boolean here = task.spec().workspace().equals(model.place().workspace());
            newest = here && task.name().equals(pane.name()) ? Optional.of(task.id()) : newest;
        }
        return newest;
    }
}
