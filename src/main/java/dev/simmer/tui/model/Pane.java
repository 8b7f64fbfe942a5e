package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import java.util.List;
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
 * @param merged the tasks whose logs are shown as one where the sheet is {@link Sheet#MERGED}
 * @param log the piece that is at hand
 */
public record Pane(
        PaneId id,
        String name,
        Optional<TaskId> task,
        Sheet sheet,
        Focus behind,
        List<TaskId> merged,
        LogPane log) {
    /** The pane of a workspace in which nothing is selected. */
    static final Pane FLOATING =
            new Pane(
                    PaneId.FLOATING,
                    "",
                    Optional.empty(),
                    Sheet.OUTPUT,
                    Focus.TABLE,
                    List.of(),
                    LogPane.NOTHING);

    /** A pinned pane that waits for a task. */
    static Pane waiting(PaneId id, String name) {
        return new Pane(
                id, name, Optional.empty(), Sheet.OUTPUT, Focus.LOG, List.of(), LogPane.NOTHING);
    }

    /** Whether it is one of the numbered ones. */
    public boolean pinned() {
        return id != PaneId.FLOATING;
    }

    /** Whether it shows the logs of several tasks. */
    boolean isMerged() {
        return sheet == Sheet.MERGED;
    }

    Pane withTask(Optional<TaskId> other) {
        return new Pane(id, name, other, sheet, behind, merged, log);
    }

    Pane withName(String other) {
        return new Pane(id, other, task, sheet, behind, merged, log);
    }

    Pane withSheet(Sheet other) {
        return new Pane(id, name, task, other, behind, merged, log);
    }

    Pane withBehind(Focus focus) {
        return new Pane(id, name, task, sheet, focus, merged, log);
    }

    Pane withMerged(List<TaskId> tasks) {
        return new Pane(id, name, task, Sheet.MERGED, behind, tasks, log);
    }

    Pane withLog(LogPane piece) {
        return new Pane(id, name, task, sheet, behind, merged, piece);
    }
}
