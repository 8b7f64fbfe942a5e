package dev.simmer.scheduler;

import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Reply;
import dev.simmer.model.Signal;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.pcollections.PSortedSet;

/** What people ask of tasks: start, stop, restart, pause, resume. */
final class Requests {
    private Requests() {}

    /** Starts tasks that do not run, and what they need where that does not run either. */
    static Reply start(Transition step, Set<TaskId> ids) {
        return unlessOrphaned(step, ids, "runs or waits already", id -> wake(step, id));
    }

    /** Leaves out tasks that need one which has been forgotten. */
    private static Reply unlessOrphaned(
            Transition step, Set<TaskId> ids, String otherwise, Predicate<TaskId> act) {
        Optional<String> why = orphaned(step, ids);
        return why.isPresent() && ids.size() == 1
                ? new Reply.Refused(why.get())
                : each(
                        step,
                        ids,
                        otherwise,
                        id -> orphaned(step, Set.of(id)).isEmpty() && act.test(id));
    }

    /** Why the first of these tasks that needs one which has been forgotten cannot start. */
    private static Optional<String> orphaned(Transition step, Set<TaskId> ids) {
        for (TaskId id : ids) {
            Task task = step.state().tasks().get(id);
            if (task == null || task.state() instanceof TaskState.Active) {
                continue;
            }
            for (ResolvedNeed need : task.needs()) {
                if (!step.state().tasks().containsKey(need.task())) {
                    return Optional.of(
                            task.spec().name()
                                    + " needs "
                                    + need.name()
                                    + ", which has been forgotten: take both on again");
                }
            }
        }
        return Optional.empty();
    }

    /** Stops tasks that run, and cancels those that wait. */
    static Reply stop(Transition step, Set<TaskId> ids, boolean now) {
        return each(step, ids, "does not run", id -> stopOne(step, id, now));
    }

    /** Starts tasks anew; those that run are stopped first. */
    static Reply restart(Transition step, Set<TaskId> ids) {
        return unlessOrphaned(step, ids, "waits to start already", id -> restartOne(step, id));
    }

    /** Suspends running tasks. One that was paused for memory stays so until somebody says so. */
    static Reply pause(Transition step, Set<TaskId> ids) {
        return each(
                step,
                ids,
                allPaused(step, ids) ? "is paused already" : "does not run",
                id -> {
                    Task task = step.task(id);
                    return switch (task.state()) {
                        case TaskState.Running running -> {
                            step.put(task.in(new TaskState.Paused(running, step.now())));
                            Attempts.send(step, id, Signal.STOP);
                            yield true;
                        }
                        case TaskState.Paused(var was, long since, boolean forMemory) -> {
                            if (forMemory) {
                                step.put(task.in(new TaskState.Paused(was, since)));
                            }
                            yield forMemory;
                        }
                        case TaskState.Dormant _,
                                TaskState.Blocked _,
                                TaskState.Queued _,
                                TaskState.Backoff _,
                                TaskState.Starting _,
                                TaskState.Stopping _,
                                TaskState.Ended _ ->
                                false;
                    };
                });
    }

    private static boolean allPaused(Transition step, Set<TaskId> ids) {
        return ids.stream()
                .map(id -> step.state().tasks().get(id))
                .allMatch(task -> task != null && task.state() instanceof TaskState.Paused);
    }

    /** Lets suspended tasks go on, also where memory is short: who asks for it knows why. */
    static Reply resume(Transition step, Set<TaskId> ids) {
        return each(
                step,
                ids,
                "is not paused",
                id -> {
                    Task task = step.task(id);
                    if (!(task.state() instanceof TaskState.Paused paused)) {
                        return false;
                    }
                    if (paused.forMemory()) {
                        Pressure.resume(step, task, paused, Attempt.Leave.ASKED);
                        String words = " goes on although memory is short, as somebody asked";
                        step.effect(new Effect.Record(id, task.spec().name() + words));
                    } else {
                        Pressure.resume(step, task, paused, Attempt.Leave.NONE);
                    }
                    return true;
                });
    }

    /** Does something to each task; refuses only where there is one task and nothing to do. */
    static Reply each(Transition step, Set<TaskId> ids, String otherwise, Predicate<TaskId> act) {
        for (TaskId id : ids) {
            if (!step.state().tasks().containsKey(id)) {
                return new Reply.Refused("there is no task " + id);
            }
        }
        List<TaskId> changed = new ArrayList<>();
        for (TaskId id : ids) {
            if (act.test(id)) {
                changed.add(id);
            }
        }
        if (changed.isEmpty() && ids.size() == 1) {
            Task task = step.task(ids.iterator().next());
            return new Reply.Refused(task.spec().name() + " " + otherwise);
        }
        return new Reply.Accepted(changed);
    }

    /**
     * Makes a task that does not run wait for its turn, together with what it needs and those that
     * were skipped because of it and nothing else: what somebody stopped, or what failed, does not
     * start because a third task does. Returns whether that changed anything.
     */
    static boolean wake(Transition step, TaskId id) {
        Task task = step.task(id);
        boolean resting =
                switch (task.state()) {
                    case TaskState.Dormant _, TaskState.Ended _ -> true;
                    case TaskState.Backoff _ -> true;
                    case TaskState.Blocked _, TaskState.Queued _, TaskState.Active _ -> false;
                };
        if (!resting) {
            return startAfterStop(step, task);
        }
        step.put(task.repeating(0).started(false).in(new TaskState.Blocked(step.now())));
        for (ResolvedNeed need : task.needs()) {
            Task needed = step.state().tasks().get(need.task());
            if (needed == null) {
                continue;
            }
            TaskState other = needed.state();
            boolean dormant = other instanceof TaskState.Dormant;
            boolean hopeless = Needs.standing(step.state(), need) == Needs.Standing.HOPELESS;
            boolean leaving =
                    other instanceof TaskState.Stopping
                            && need.condition() != Need.Condition.FINISHED
                            && Needs.standing(step.state(), need) != Needs.Standing.MET;
            if (dormant || hopeless || leaving) {
                wake(step, need.task());
            }
        }
        wakeSkipped(step, id);
        return true;
    }

    /** The newest wish counts: what is being stopped for good starts again after that. */
    private static boolean startAfterStop(Transition step, Task task) {
        if (task.state() instanceof TaskState.Stopping stopping
                && (stopping.cause() instanceof StopCause.User
                        || stopping.cause() instanceof StopCause.FailFast)) {
            step.put(task.in(stopping.because(new StopCause.Restart())));
            return true;
        }
        return false;
    }

    private static void wakeSkipped(Transition step, TaskId id) {
        PSortedSet<TaskId> dependents = step.state().dependents().get(id);
        if (dependents == null) {
            return;
        }
        for (TaskId dependent : dependents) {
            Task task = step.task(dependent);
            if (task.state() instanceof TaskState.Ended ended
                    && ended.outcome() instanceof Outcome.Skipped
                    && Needs.hopeless(step.state(), task).isEmpty()) {
                wake(step, dependent);
            }
        }
    }

    private static boolean stopOne(Transition step, TaskId id, boolean now) {
        Task task = step.task(id);
        return switch (task.state()) {
            case TaskState.Blocked _, TaskState.Queued _ -> {
                Outcome cancelled =
                        new Outcome.Stopped(
                                Raising.waitsAgain(task)
                                        ? "cancelled before its next attempt; the last one: "
                                                + Reasons.words(task.history().getLast().outcome())
                                        : "cancelled before it started");
                step.put(task.in(new TaskState.Ended(step.now(), cancelled)));
                yield true;
            }
            case TaskState.Backoff backoff -> {
                Outcome cancelled =
                        new Outcome.Stopped(
                                "cancelled before its next attempt; the last one: "
                                        + Reasons.words(backoff.last()));
                step.put(task.in(new TaskState.Ended(step.now(), cancelled)));
                yield true;
            }
            case TaskState.Active _ -> {
                Attempts.stop(step, task, new StopCause.User(), now);
                yield true;
            }
            case TaskState.Dormant _, TaskState.Ended _ -> false;
        };
    }

    private static boolean restartOne(Transition step, TaskId id) {
        Task task = step.task(id);
        return switch (task.state()) {
            case TaskState.Active _ -> {
                Attempts.stop(step, task, new StopCause.Restart(), false);
                yield true;
            }
            case TaskState.Dormant _, TaskState.Ended _, TaskState.Backoff _ -> wake(step, id);
            case TaskState.Blocked _, TaskState.Queued _ -> false;
        };
    }
}
