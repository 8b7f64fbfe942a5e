package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of a snapshot's tasks are shown: those of one workspace's current session, or all.
 *
 * @param everywhere whether the tasks of all workspaces and sessions are shown
 * @param session the name of the set of tasks that the workspace has now; empty for one without
 * @param tasks those that are shown, in the order of their ids
 * @param elsewhere how many tasks run that are not shown
 * @param labelColumns columns of the widest {@link #label} among the shown tasks; 0 where only one
 *     workspace is shown
 */
public record Scope(
        boolean everywhere, String session, List<TaskView> tasks, int elsewhere, int labelColumns) {
    /** No tasks. */
    public static final Scope EMPTY = new Scope(false, "", List.of(), 0, 0);

    public Scope {
        tasks = List.copyOf(tasks);
    }

    static Scope of(WorkspaceId here, Snapshot snapshot, boolean everywhere) {
        String session = snapshot.workspace(here).map(WorkspaceView::session).orElse("");
        if (everywhere) {
            int widest = 0;
            for (TaskView task : snapshot.tasks()) {
                widest = Math.max(widest, CellWidth.width(label(task)));
            }
            return new Scope(true, session, snapshot.tasks(), 0, widest);
        }
        List<TaskView> shown = new ArrayList<>();
        int elsewhere = 0;
        for (TaskView task : snapshot.tasks()) {
            boolean inside = task.spec().workspace().equals(here);
            if (inside && task.spec().session().equals(session)) {
                shown.add(task);
            } else if (Update.runs(task.phase())) {
                elsewhere++;
            }
        }
        return new Scope(false, session, shown, elsewhere, 0);
    }

    /** Where a task belongs, for people: its workspace's folder, and its session's name. */
    public static String label(TaskView task) {
        Path folder = task.spec().workspace().folder();
        Path last = folder.getFileName();
        String name = TerminalText.plain(last == null ? folder.toString() : last.toString());
        String session = TerminalText.plain(task.spec().session());
        return session.isEmpty() ? name : name + " · " + session;
    }
}
