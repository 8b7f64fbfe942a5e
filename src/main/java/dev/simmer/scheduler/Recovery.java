package dev.simmer.scheduler;

import dev.simmer.model.Signal;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Going on where an engine before this one was when it ended, however it ended.
 *
 * <p>What was decided was saved first and done then, so of the newest decisions nobody knows
 * whether they were done. Each attempt that should live is looked for. What is found is dealt with
 * by its state: signals that are still owed are sent (perhaps for the second time), a kill and a
 * probe are asked for again, and an attempt that was never started is started. An attempt that has
 * ended meanwhile is settled as always. Until all have been found, nobody knows what runs, so
 * nothing starts and no time limit runs out.
 */
final class Recovery {
    /** Why nothing is known of an attempt that has run. */
    private static final String FOLDER_GONE =
            "it ran while Simmer did not, and its run folder is gone: nobody knows how it ended";

    /** Nobody looked whether it is ready while no engine was there: it has at least so long. */
    static final long READY_AGAIN_MILLIS = 10_000;

    private Recovery() {}

    static void recover(Transition step, Event.Recovered saved) {
        if (!step.state().tasks().isEmpty()) {
            throw new IllegalArgumentException("tasks are there already");
        }
        step.restore(saved.tasks(), saved.rules());
        for (Task task : saved.tasks()) {
            if (task.state() instanceof TaskState.Active active) {
                step.effect(new Effect.AdoptProcess(active.attempt().id(), task.spec()));
            }
        }
    }

    static void adopted(Transition step, Event.Adopted event) {
        Task task = step.current(event.attempt());
        if (task == null || !step.found(task.id())) {
            return;
        }
        Task begun = begun(task);
        switch (begun.state()) {
            case TaskState.Starting(Attempt attempt) ->
                    step.put(begun.in(Attempts.running(step, task, attempt, attempt.begunAt())));
            case TaskState.Running running when !running.ready() -> {
                step.put(begun.in(readyAgain(running, begun, step.now())));
                Attempts.probe(step, begun, running.attempt());
            }
            case TaskState.Paused paused when !paused.was().ready() ->
                    Attempts.probe(step, begun, paused.attempt());
            case TaskState.Stopping stopping -> step.put(begun.in(stopping));
            case TaskState.Running _,
                    TaskState.Paused _,
                    TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ -> {}
        }
        resume(step, task);
    }

    /** What lives has begun, at the moment at which that was decided or little later. */
    private static Task begun(Task task) {
        return task.state() instanceof TaskState.Active active
                        && active.attempt().startedAt().isEmpty()
                ? task.started(true)
                        .in(active.with(active.attempt().started(active.attempt().admittedAt())))
                : task;
    }

    private static TaskState.Running readyAgain(TaskState.Running running, Task task, long now) {
        long limit = task.spec().ready().map(r -> r.timeout()).orElse(Duration.ZERO).toMillis();
        long by = now + Math.min(limit, READY_AGAIN_MILLIS);
        return running.readyBy().isEmpty()
                ? running
                : new TaskState.Running(
                        running.attempt(),
                        false,
                        running.healthySince(),
                        running.timeoutAt(),
                        OptionalLong.of(Math.max(running.readyBy().getAsLong(), by)));
    }

    /** Does again to processes that live what may not have been done to them. */
    static void resume(Transition step, Task task) {
        if (task.state() instanceof TaskState.Active active) {
            for (Signal signal : active.attempt().owed()) {
                step.effect(new Effect.SignalProcesses(active.attempt().id(), signal));
            }
            if (active instanceof TaskState.Stopping stopping && stopping.killed()) {
                step.effect(new Effect.KillProcesses(stopping.attempt().id()));
            }
        }
    }

    static void neverBegan(Transition step, Event.NeverBegan event) {
        Task task = step.current(event.attempt());
        if (task == null || !step.found(task.id())) {
            return;
        }
        switch (task.state()) {
            case TaskState.Stopping stopping ->
                    Attempts.neverBegan(step, task, stopping, event.jitter());
            case TaskState.Starting(Attempt attempt) -> startAgain(step, task, attempt);
            case TaskState.Running running ->
                    Attempts.lost(step, task, running.attempt(), FOLDER_GONE, event.jitter());
            case TaskState.Paused paused ->
                    Attempts.lost(step, task, paused.attempt(), FOLDER_GONE, event.jitter());
            case TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ -> {}
        }
    }

    /** The same attempt: nothing of it has ever run. */
    private static void startAgain(Transition step, Task task, Attempt attempt) {
        Attempt fresh = Attempt.admitted(attempt.id(), step.now(), attempt.alone());
        step.put(task.in(new TaskState.Starting(fresh)));
        step.effect(new Effect.SpawnProcess(attempt.id(), task.spec(), task.expected()));
    }
}
