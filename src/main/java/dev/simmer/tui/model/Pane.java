package dev.simmer.tui.model;

import dev.simmer.model.TaskId;

import java.util.Optional;

/**
 * A log pane: whose log it shows, what of it, and how far it has got. Immutable.
 *
 * @param id which pane
 * @param name of the task that a pinned pane belongs to; where that task is gone, the pane waits
 *     unseen for another of this name. Empty for the floating pane
 * @param task whose log is shown; empty where there is none, and then a pinned pane is not seen
 * @param sheet what is shown of it; for all but agents only {@link Sheet#OUTPUT}
 * @param behind what had the keys before a sheet took them, and gets them back
 * @param log the piece that is at hand
 */
public record Pane(
        PaneId id, String name, Optional<TaskId> task, Sheet sheet, Focus behind, LogPane log) {
    /** The pane of a workspace in which nothing is selected. */
    static final Pane FLOATING =
            new Pane(
                    PaneId.FLOATING,
                    "",
                    Optional.empty(),
                    Sheet.OUTPUT,
                    Focus.TABLE,
                    LogPane.NOTHING);

    /** A pinned pane that waits for a task. */
    static Pane waiting(PaneId id, String name) {
        return new Pane(id, name, Optional.empty(), Sheet.OUTPUT, Focus.LOG, LogPane.NOTHING);
    }

    /** Whether it is one of the numbered ones. */
    public boolean pinned() {
        return id != PaneId.FLOATING;
    }

    Pane withTask(Optional<TaskId> other) {
        return new Pane(id, name, other, sheet, behind, log);
    }

    Pane withName(String other) {
        return new Pane(id, other, task, sheet, behind, log);
    }

    Pane withSheet(Sheet other) {
        return new Pane(id, name, task, other, behind, log);
    }

    Pane withBehind(Focus focus) {
        return new Pane(id, name, task, sheet, focus, log);
    }

    Pane withLog(LogPane piece) {
        return new Pane(id, name, task, sheet, behind, piece);
    }
}
