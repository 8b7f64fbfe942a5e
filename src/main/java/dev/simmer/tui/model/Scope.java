package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of a snapshot's tasks are shown: those of one workspace's current session, or all.
 *
 * @param everywhere whether the tasks of all workspaces and sessions are shown
 * @param session the name of the set of tasks that the workspace has now; empty for one without
 * @param tasks those that are shown, in the order of their ids
 * @param elsewhere how many tasks run that are not shown
 * @param running how many of the workspace's tasks have a process, or soon have one again
 * @param labelColumns columns of the widest {@link #label} among the shown tasks; 0 where only one
 *     workspace is shown
 * @param nameColumns columns of the widest name among the shown tasks
 * @param agents whether an agent is among them
 * @param costs whether it is known of one of them what it cost
 */
public record Scope(
        boolean everywhere,
        String session,
        List<TaskView> tasks,
        int elsewhere,
        int running,
        int labelColumns,
        int nameColumns,
        boolean agents,
        boolean costs) {
    /** No tasks. */
    public static final Scope EMPTY = new Scope(false, "", List.of(), 0, 0, 0, 0, false, false);

    public Scope {
        tasks = List.copyOf(tasks);
    }

    static Scope of(WorkspaceId here, Snapshot snapshot, boolean everywhere) {
        String session = snapshot.workspace(here).map(WorkspaceView::session).orElse("");
        List<TaskView> shown = everywhere ? snapshot.tasks() : new ArrayList<>();
        int elsewhere = 0;
        int running = 0;
        for (TaskView task : snapshot.tasks()) {
            boolean inside = task.spec().workspace().equals(here);
            boolean runs = Update.runs(task.phase());
            running += inside && runs ? 1 : 0;
            if (everywhere) {
                continue;
            }
            if (inside && task.spec().session().equals(session)) {
                shown.add(task);
            } else if (runs) {
                elsewhere++;
            }
        }
        int label = 0;
        int name = 0;
        boolean agents = false;
        boolean costs = false;
        for (TaskView task : shown) {
            label = everywhere ? Math.max(label, CellWidth.width(label(task))) : 0;
            name = Math.max(name, CellWidth.width(TerminalText.plain(task.name())));
            Optional<AgentRun> run = task.agent();
            agents |= run.isPresent();
            costs |= run.isPresent() && run.get().costUsd().isPresent();
        }
        return new Scope(
                everywhere, session, shown, elsewhere, running, label, name, agents, costs);
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
