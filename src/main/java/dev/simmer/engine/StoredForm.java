package dev.simmer.engine;

import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredAttempt;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.engine.ports.StoredWorkspace;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.scheduler.Attempt;
import dev.simmer.scheduler.PastAttempt;
import dev.simmer.scheduler.ResolvedNeed;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import dev.simmer.scheduler.WorkspaceRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** The scheduler's tasks in the form in which they are saved, and back. */
final class StoredForm {
    private StoredForm() {}

    /**
     * What a store knows.
     *
     * @param tasks in the order of their ids
     * @param newest the newest moment that one of them has seen; moments that were yet to come do
     *     not count
     */
    record Known(List<Task> tasks, Map<WorkspaceId, WorkspaceRules> rules, long newest) {}

    /**
     * All that a store knows.
     *
     * @param shared gives equal specifications their parts in common
     */
    static Known known(Stored stored, UnaryOperator<TaskSpec> shared) {
        List<Task> tasks = new ArrayList<>(stored.tasks().size());
        long newest = 0;
        for (StoredTask each : stored.tasks()) {
            Task task = task(each, shared);
            tasks.add(task);
            newest = Math.max(newest, newest(task));
        }
        Map<WorkspaceId, WorkspaceRules> rules = new TreeMap<>();
        for (StoredWorkspace each : stored.workspaces()) {
            rules.put(
                    each.id(), new WorkspaceRules(each.limits(), each.failFast(), each.session()));
        }
        return new Known(tasks, rules, newest);
    }

    /**
     * A task to save.
     *
     * @param saved the task as it was saved last: of its attempts those are left out
     * @param cutOff whether an attempt that ended well would have used more memory
     */
    static StoredTask of(Task task, @Nullable Task saved, Predicate<AttemptId> cutOff) {
        int known =
                saved == null || saved.history().isEmpty() ? 0 : saved.history().getLast().number();
        List<StoredAttempt> ended = new ArrayList<>();
        for (PastAttempt past : task.history()) {
            if (past.number() > known) {
                ended.add(
                        new StoredAttempt(
                                past.number(),
                                past.startedAt(),
                                past.endedAt(),
                                past.outcome(),
                                past.peakRssBytes(),
                                past.outcome().forMemory()
                                        || cutOff.test(new AttemptId(task.id(), past.number())),
                                past.agent()));
            }
        }
        List<StoredTask.StoredNeed> needs = new ArrayList<>();
        for (ResolvedNeed need : task.needs()) {
            needs.add(new StoredTask.StoredNeed(need.task(), need.name(), need.condition()));
        }
        List<Signal> owed =
                task.state() instanceof TaskState.Active active
                        ? active.attempt().owed()
                        : List.of();
        return new StoredTask(
                task.id(),
                task.spec(),
                needs,
                task.expected(),
                state(task.state()),
                task.attempts(),
                task.repeats(),
                task.started(),
                ended,
                owed);
    }

    private static StoredState state(TaskState state) {
        return switch (state) {
            case TaskState.Dormant _ -> new StoredState.Dormant();
            case TaskState.Blocked(long since) -> new StoredState.Blocked(since);
            case TaskState.Queued(long since) -> new StoredState.Queued(since);
            case TaskState.Backoff(long until, var last) -> new StoredState.Backoff(until, last);
            case TaskState.Starting(Attempt attempt) -> new StoredState.Starting(active(attempt));
            case TaskState.Running running ->
                    new StoredState.Running(active(running.attempt()), progress(running));
            case TaskState.Paused(TaskState.Running was, long since, boolean forMemory) ->
                    new StoredState.Paused(active(was.attempt()), progress(was), since, forMemory);
            case TaskState.Stopping stopping ->
                    new StoredState.Stopping(
                            active(stopping.attempt()),
                            stopping.cause(),
                            stopping.killAt(),
                            stopping.killed(),
                            stopping.exit());
            case TaskState.Ended(long at, var outcome) -> new StoredState.Ended(at, outcome);
        };
    }

    private static StoredState.Active active(Attempt attempt) {
        return new StoredState.Active(
                attempt.id().number(),
                attempt.admittedAt(),
                attempt.startedAt(),
                attempt.rssBytes(),
                attempt.peakRssBytes(),
                attempt.alone());
    }

    private static StoredState.Progress progress(TaskState.Running running) {
        return new StoredState.Progress(
                running.ready(), running.healthySince(), running.timeoutAt(), running.readyBy());
    }

    static StoredWorkspace of(WorkspaceId id, WorkspaceRules rules) {
        return new StoredWorkspace(id, rules.limits(), rules.failFast(), rules.session());
    }

    /**
     * A saved task.
     *
     * @param shared gives equal specifications their parts in common
     */
    static Task task(StoredTask stored, UnaryOperator<TaskSpec> shared) {
        List<ResolvedNeed> needs = new ArrayList<>();
        for (StoredTask.StoredNeed need : stored.needs()) {
            needs.add(new ResolvedNeed(need.task(), need.name(), need.condition()));
        }
        PVector<PastAttempt> history = TreePVector.empty();
        for (StoredAttempt past : stored.ended()) {
            history =
                    history.plus(
                            new PastAttempt(
                                    past.number(),
                                    past.startedAt(),
                                    past.endedAt(),
                                    past.outcome(),
                                    past.peakRssBytes(),
                                    past.agent()));
        }
        return new Task(
                stored.id(),
                shared.apply(stored.spec()),
                List.copyOf(needs),
                stored.expected(),
                state(stored),
                stored.attempts(),
                stored.repeats(),
                stored.started(),
                history);
    }

    private static TaskState state(StoredTask stored) {
        TaskId id = stored.id();
        List<Signal> owed = stored.owed();
        return switch (stored.state()) {
            case StoredState.Dormant _ -> new TaskState.Dormant();
            case StoredState.Blocked(long since) -> new TaskState.Blocked(since);
            case StoredState.Queued(long since) -> new TaskState.Queued(since);
            case StoredState.Backoff(long until, var last) -> new TaskState.Backoff(until, last);
            case StoredState.Starting(StoredState.Active active) ->
                    new TaskState.Starting(attempt(id, active, owed));
            case StoredState.Running(StoredState.Active active, StoredState.Progress progress) ->
                    running(attempt(id, active, owed), progress);
            case StoredState.Paused(
                            StoredState.Active active,
                            StoredState.Progress progress,
                            long since,
                            boolean forMemory) ->
                    new TaskState.Paused(
                            running(attempt(id, active, owed), progress), since, forMemory);
            case StoredState.Stopping(
                            StoredState.Active active,
                            var cause,
                            long killAt,
                            boolean killed,
                            var exit) ->
                    new TaskState.Stopping(attempt(id, active, owed), cause, killAt, killed, exit);
            case StoredState.Ended(long at, var outcome) -> new TaskState.Ended(at, outcome);
        };
    }

    private static Attempt attempt(TaskId id, StoredState.Active active, List<Signal> owed) {
        return new Attempt(
                new AttemptId(id, active.number()),
                active.admittedAt(),
                active.startedAt(),
                active.rssBytes(),
                active.peakRssBytes(),
                active.alone(),
                owed);
    }

    private static TaskState.Running running(Attempt attempt, StoredState.Progress progress) {
        return new TaskState.Running(
                attempt,
                progress.ready(),
                progress.healthySince(),
                progress.timeoutAt(),
                progress.readyBy());
    }

    private static long newest(Task task) {
        long newest =
                switch (task.state()) {
                    case TaskState.Dormant _, TaskState.Backoff _ -> 0;
                    case TaskState.Blocked(long since) -> since;
                    case TaskState.Queued(long since) -> since;
                    case TaskState.Starting(Attempt attempt) -> begun(attempt);
                    case TaskState.Running running ->
                            Math.max(begun(running.attempt()), running.healthySince());
                    case TaskState.Paused(TaskState.Running was, long since, boolean _) ->
                            Math.max(begun(was.attempt()), since);
                    case TaskState.Stopping stopping -> begun(stopping.attempt());
                    case TaskState.Ended(long at, var _) -> at;
                };
        return task.history().isEmpty()
                ? newest
                : Math.max(newest, task.history().getLast().endedAt());
    }

    private static long begun(Attempt attempt) {
        return Math.max(attempt.admittedAt(), attempt.startedAt().orElse(0));
    }
}
