package dev.simmer.tui.model;

import dev.simmer.model.TaskView;
import java.util.Optional;

/**
 * What the loop must wake up for although nothing happens.
 *
 * @param clock whether a time is shown that goes on, so that the clock is wanted every second
 * @param log whether a shown log may grow
 * @param lastLines whether a last line in the table may change, or is not known yet
 * @param toast whether a message waits to go away, or something to be forgotten
 */
public record Timers(boolean clock, boolean log, boolean lastLines, boolean toast) {
    /** What a model needs. */
    public static Timers of(Model model) {
        Layout layout = model.layout();
        boolean toast =
                model.toast().isPresent()
                        || model.notices().ticks()
                        || model.acting().cleaning().isPresent();
        if (layout.tooSmall()) {
            return new Timers(model.leaving().isPresent(), false, false, toast);
        }
        boolean clock = model.leaving().isPresent() || model.mode() instanceof Mode.Explained;
        clock |= SightUpdate.moves(model);
        boolean lines = false;
        if (layout.table().isPresent()) {
            for (TaskView task : model.table().seen(layout.tableRows())) {
                clock |= task.phase().active() && task.startedAt().isPresent();
                lines |= wanted(model, task).isPresent();
            }
        }
        boolean log = false;
        for (PaneBox box : layout.logs()) {
            Pane pane = model.panes().get(box.id());
            boolean grows = grows(model, pane);
            log |= grows;
            // An agent's words above its transcript count on.
            clock |= grows && model.task(pane).flatMap(TaskView::agent).isPresent();
        }
        return new Timers(clock, log, lines, toast);
    }

    /** Whether a pane's log may grow: that of a task that has ended does not. */
    static boolean grows(Model model, Pane pane) {
        if (pane.sheet() == Sheet.MERGED) {
            return MergeUpdate.grows(model, pane);
        }
        return pane.log().source().isPresent()
                && model.task(pane).filter(task -> task.phase().active()).isPresent();
    }

    /** The reading that a row's last line needs; none where it cannot change any more. */
    static Optional<Cmd.Wanted> wanted(Model model, TaskView task) {
        Optional<LogKey> key = LogKey.of(task);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        boolean ended = !task.phase().active();
        Model.LastLineSeen seen = model.lastLines().get(task.id());
        if (ended && seen != null && seen.last() && seen.key().equals(key.get())) {
            return Optional.empty();
        }
        return Optional.of(new Cmd.Wanted(key.get(), ended));
    }
}
