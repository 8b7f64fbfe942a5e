package dev.simmer.engine;

import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.scheduler.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What people ask for, as events. For one thread. */
final class Wishes {
    private final Learning learning;
    private final UnaryOperator<TaskSpec> shared;

    /**
     * @param learning says what new tasks are expected to need
     * @param shared gives equal specifications their parts in common
     */
    Wishes(Learning learning, UnaryOperator<TaskSpec> shared) {
        this.learning = learning;
        this.shared = shared;
    }

    /**
     * The event for a request that the scheduler decides on.
     *
     * @param at when it was made
     * @param lastTaskId the largest number that a task ever had
     */
    Event event(Request request, long at, long lastTaskId) {
        return switch (request) {
            case Request.Spawn spawn -> submitted(spawn, at, lastTaskId);
            case Request.Start start -> new Event.StartRequested(at, start.ids());
            case Request.Stop(var ids, boolean now) -> new Event.StopRequested(at, ids, now);
            case Request.Restart restart -> new Event.RestartRequested(at, restart.ids());
            case Request.Pause pause -> new Event.PauseRequested(at, pause.ids());
            case Request.Resume resume -> new Event.ResumeRequested(at, resume.ids());
            case Request.Rename(TaskId id, String name) -> new Event.RenameRequested(at, id, name);
            case Request.OpenSession(WorkspaceId workspace, String name, var how) ->
                    new Event.SessionRequested(at, workspace, name, how);
            case Request.RenameSession(WorkspaceId workspace, String from, String to) ->
                    new Event.SessionRenameRequested(at, workspace, from, to);
            case Request.Forget forget -> new Event.ForgetRequested(at, forget.ids());
            case Request.Explain explain ->
                    throw new IllegalArgumentException("nothing to decide on: " + explain.id());
            case Request.Send send ->
                    throw new IllegalArgumentException("nothing to decide on: " + send.id());
        };
    }

    private Event submitted(Request.Spawn spawn, long at, long lastTaskId) {
        List<Event.NewTask> tasks = new ArrayList<>();
        long id = lastTaskId;
        for (TaskSpec each : spawn.tasks()) {
            id++;
            TaskSpec spec = shared.apply(each);
            TaskId task = new TaskId(id);
            tasks.add(
                    new Event.NewTask(
                            task,
                            spec,
                            learning.of(task, spec),
                            learning.usualMillis(spec).orElse(0)));
        }
        return new Event.TasksSubmitted(
                at, tasks, spawn.limits(), spawn.failFast(), spawn.existing());
    }
}
