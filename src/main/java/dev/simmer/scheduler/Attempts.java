package dev.simmer.scheduler;

import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.StopCause;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The life of an attempt: started, ready, stopped, ended; and what its end means for the task. */
final class Attempts {
    private Attempts() {}

    static void started(Transition step, Event.ProcessStarted event) {
        Task task = step.current(event.attempt());
        if (task == null) {
            return;
        }
        switch (task.state()) {
            case TaskState.Starting starting -> {
                Attempt attempt = starting.attempt().started(step.now());
                step.put(task.started(true).in(running(step, task, attempt)));
            }
            case TaskState.Stopping stopping ->
                    step.put(
                            task.started(true)
                                    .in(stopping.with(stopping.attempt().started(step.now()))));
            case TaskState.Running _,
                    TaskState.Paused _,
                    TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ -> {}
        }
    }

    private static TaskState.Running running(Transition step, Task task, Attempt attempt) {
        OptionalLong timeoutAt = after(step.now(), task.spec().timeout());
        OptionalLong readyBy = after(step.now(), task.spec().ready().map(Readiness::timeout));
        if (task.spec().ready().isPresent()) {
            Readiness.Probe probe = task.spec().ready().get().probe();
            step.effect(new Effect.ProbeReadiness(attempt.id(), probe));
        }
        return new TaskState.Running(attempt, readyBy.isEmpty(), step.now(), timeoutAt, readyBy);
    }

    private static OptionalLong after(long now, Optional<Duration> limit) {
        return limit.isPresent()
                ? OptionalLong.of(now + limit.get().toMillis())
                : OptionalLong.empty();
    }

    static void ready(Transition step, Event.BecameReady event) {
        Task task = step.current(event.attempt());
        if (task == null) {
            return;
        }
        switch (task.state()) {
            case TaskState.Running running -> step.put(task.in(nowReady(running, step.now())));
            case TaskState.Paused paused ->
                    step.put(
                            task.in(
                                    new TaskState.Paused(
                                            nowReady(paused.was(), paused.since()),
                                            paused.since())));
            case TaskState.Starting _,
                    TaskState.Stopping _,
                    TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ -> {}
        }
    }

    private static TaskState.Running nowReady(TaskState.Running running, long at) {
        return running.ready()
                ? running
                : new TaskState.Running(
                        running.attempt(), true, at, running.timeoutAt(), OptionalLong.empty());
    }

    /**
     * Stops a task that is active. A person's wish overrides a stop that is under way for another
     * reason. So does fail fast where another attempt could follow; no other reason overrides
     * anything.
     *
     * @param now whether SIGKILL is the first signal
     */
    static void stop(Transition step, Task task, StopCause cause, boolean now) {
        switch (task.state()) {
            case TaskState.Starting starting ->
                    begin(step, task, starting.attempt(), cause, now, false);
            case TaskState.Running running ->
                    begin(step, task, running.attempt(), cause, now, false);
            case TaskState.Paused paused -> begin(step, task, paused.attempt(), cause, now, true);
            case TaskState.Stopping stopping -> {
                boolean wish =
                        cause instanceof StopCause.User
                                || cause instanceof StopCause.Restart
                                || (cause instanceof StopCause.FailFast
                                        && mayBeRepeated(task, stopping.cause()));
                TaskState.Stopping other = wish ? stopping.because(cause) : stopping;
                if (now && !stopping.killed()) {
                    kill(step, task, other);
                } else {
                    step.put(task.in(other));
                }
            }
            case TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ ->
                    throw new IllegalStateException("task " + task.id() + " is not active");
        }
    }

    /** Whether another attempt could follow one that is stopped for this reason. */
    private static boolean mayBeRepeated(Task task, StopCause cause) {
        return switch (cause) {
            case StopCause.Timeout _, StopCause.NotReady _ -> true;
            case StopCause.Leftovers(ExitStatus status) ->
                    !task.spec().kind().endsByItself()
                            || !(outcome(status) instanceof Outcome.Succeeded);
            case StopCause.User _, StopCause.Restart _, StopCause.FailFast _, StopCause.LogFull _ ->
                    false;
        };
    }

    private static void begin(
            Transition step,
            Task task,
            Attempt attempt,
            StopCause cause,
            boolean now,
            boolean suspended) {
        Task rested = Repeats.rested(task, wellMillis(task.state(), step.now()));
        StopPolicy policy = task.spec().stop();
        long killAt = step.now() + policy.grace().toMillis();
        TaskState.Stopping stopping =
                new TaskState.Stopping(attempt, cause, killAt, false, Optional.empty());
        if (now || policy.grace().isZero() || policy.signal() == Signal.KILL) {
            kill(step, rested, stopping);
            return;
        }
        step.put(rested.in(stopping));
        step.effect(new Effect.SignalProcesses(attempt.id(), policy.signal()));
        if (suspended) {
            step.effect(new Effect.SignalProcesses(attempt.id(), Signal.CONT));
        }
    }

    /** SIGKILL, now. */
    static void kill(Transition step, Task task, TaskState.Stopping stopping) {
        step.put(task.in(stopping.nowKilled()));
        step.effect(new Effect.KillProcesses(stopping.attempt().id()));
    }

    static void startFailed(Transition step, Event.StartFailed event) {
        Task task = step.current(event.attempt());
        if (task == null) {
            return;
        }
        Outcome failure = new Outcome.NotStarted(event.failure());
        switch (task.state()) {
            case TaskState.Starting starting ->
                    settle(step, task, starting.attempt(), failure, false, event.jitter());
            case TaskState.Stopping stopping ->
                    settleStopped(step, task, stopping, failure, false, event.jitter());
            case TaskState.Running _,
                    TaskState.Paused _,
                    TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ -> {}
        }
    }

    static void exited(Transition step, Event.ProcessExited event) {
        Task current = step.current(event.attempt());
        if (current == null) {
            return;
        }
        Task task = begun(current, step.now());
        boolean leftovers = event.leftovers() > 0;
        switch (task.state()) {
            case TaskState.Stopping stopping -> {
                if (leftovers) {
                    step.put(task.in(stopping.exited(event.status())));
                } else {
                    settleStopped(
                            step,
                            task,
                            stopping,
                            outcome(event.status()),
                            event.outputMatched(),
                            event.jitter());
                }
            }
            case TaskState.Starting starting ->
                    exitedByItself(step, task, starting.attempt(), event, false);
            case TaskState.Running running ->
                    exitedByItself(step, task, running.attempt(), event, false);
            case TaskState.Paused paused ->
                    exitedByItself(step, task, paused.attempt(), event, true);
            case TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ -> {}
        }
    }

    /** What has ended has begun: news of the start may be overtaken by news of the end. */
    private static Task begun(Task task, long now) {
        return task.state() instanceof TaskState.Active active
                        && active.attempt().startedAt().isEmpty()
                ? task.started(true).in(active.with(active.attempt().started(now)))
                : task;
    }

    private static void exitedByItself(
            Transition step,
            Task task,
            Attempt attempt,
            Event.ProcessExited event,
            boolean suspended) {
        if (event.leftovers() == 0) {
            Outcome outcome = outcome(event.status());
            settle(step, task, attempt, outcome, event.outputMatched(), event.jitter());
            return;
        }
        begin(step, task, attempt, new StopCause.Leftovers(event.status()), false, suspended);
        Task stopped = step.task(task.id());
        if (stopped.state() instanceof TaskState.Stopping stopping) {
            step.put(stopped.in(stopping.exited(event.status())));
        }
    }

    static void gone(Transition step, Event.LeftoversGone event) {
        Task task = step.current(event.attempt());
        if (task != null
                && task.state() instanceof TaskState.Stopping stopping
                && stopping.exit().isPresent()) {
            Outcome natural = outcome(stopping.exit().get());
            settleStopped(step, task, stopping, natural, event.outputMatched(), event.jitter());
        }
    }

    private static Outcome outcome(ExitStatus status) {
        return switch (status) {
            case ExitStatus.Code(int value) ->
                    value == 0 ? new Outcome.Succeeded() : new Outcome.ExitedWith(value);
            case ExitStatus.Signaled(int number) -> new Outcome.DiedOf(number);
            case ExitStatus.Unknown(String why) -> new Outcome.Lost(why);
        };
    }

    /**
     * Settles an attempt that was being stopped.
     *
     * @param natural how its main process ended
     */
    private static void settleStopped(
            Transition step,
            Task task,
            TaskState.Stopping stopping,
            Outcome natural,
            boolean outputMatched,
            double jitter) {
        Attempt attempt = stopping.attempt();
        switch (stopping.cause()) {
            case StopCause.User _ -> end(step, task, attempt, new Outcome.Stopped("stopped"));
            case StopCause.FailFast(String failed) ->
                    end(
                            step,
                            task,
                            attempt,
                            new Outcome.Stopped("stopped because " + failed + " failed"));
            case StopCause.Restart _ -> {
                Outcome stopped = new Outcome.Stopped("stopped for a restart");
                Task rested = step.endAttempt(task, attempt, stopped);
                step.put(rested.in(new TaskState.Ended(step.now(), stopped)));
                Requests.wake(step, task.id());
            }
            case StopCause.Timeout(Duration limit) ->
                    settle(step, task, attempt, new Outcome.TimedOut(limit), outputMatched, jitter);
            case StopCause.NotReady(Duration limit, String probe) ->
                    settle(
                            step,
                            task,
                            attempt,
                            new Outcome.NotReady(limit, probe),
                            outputMatched,
                            jitter);
            case StopCause.LogFull(long limit, boolean byChoice) ->
                    end(step, task, attempt, new Outcome.LogFull(limit, byChoice));
            case StopCause.Leftovers _ ->
                    settle(step, task, attempt, natural, outputMatched, jitter);
        }
    }

    /** Settles an attempt that ended by itself or by a time limit: another one follows, or none. */
    private static void settle(
            Transition step,
            Task task,
            Attempt attempt,
            Outcome outcome,
            boolean outputMatched,
            double jitter) {
        Task well = Repeats.rested(task, wellMillis(task.state(), step.now()));
        Optional<Repeats.Repeat> repeat = Repeats.after(well, outcome, outputMatched, jitter);
        if (repeat.isEmpty()) {
            end(step, task, attempt, outcome);
            return;
        }
        Task rested = step.endAttempt(task, attempt, outcome);
        long until = step.now() + repeat.get().delayMillis();
        step.put(rested.repeating(repeat.get().number()).in(new TaskState.Backoff(until, outcome)));
    }

    private static long wellMillis(TaskState state, long now) {
        return switch (state) {
            case TaskState.Running running -> running.ready() ? now - running.healthySince() : 0;
            case TaskState.Paused paused ->
                    paused.was().ready() ? paused.since() - paused.was().healthySince() : 0;
            case TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Starting _,
                    TaskState.Stopping _,
                    TaskState.Ended _ ->
                    0;
        };
    }

    private static void end(Transition step, Task task, Attempt attempt, Outcome outcome) {
        Task rested = step.endAttempt(task, attempt, outcome);
        step.put(rested.in(new TaskState.Ended(step.now(), outcome)));
        failFastAfter(step, task, outcome);
    }

    /** Ends a task that waits and will not start any more. */
    static void giveUp(Transition step, Task task, String why) {
        TaskState.Ended ended = givenUp(step, task, why);
        step.put(task.in(ended));
        failFastAfter(step, task, ended.outcome());
    }

    /** One that never ran is skipped; one that waits for another attempt keeps its failure. */
    private static TaskState.Ended givenUp(Transition step, Task task, String why) {
        Outcome outcome = new Outcome.Skipped(why);
        if (task.repeats() > 0 && !task.history().isEmpty()) {
            Outcome last = task.history().getLast().outcome();
            outcome =
                    last.phase().failed()
                            ? last
                            : new Outcome.Stopped("no further attempt: " + why);
        }
        return new TaskState.Ended(step.now(), outcome);
    }

    private static void failFastAfter(Transition step, Task task, Outcome outcome) {
        if (outcome.phase().failed() && step.state().rulesOf(task).failFast()) {
            failFast(step, task);
        }
    }

    /** The first failure of a workspace ends all else in it. */
    private static void failFast(Transition step, Task failed) {
        String name = failed.spec().name();
        String why = name + " failed, and the first failure ends the run";
        for (TaskId id : step.state().tasks().keySet()) {
            Task task = step.task(id);
            if (!task.spec().workspace().equals(failed.spec().workspace())) {
                continue;
            }
            switch (task.state()) {
                case TaskState.Blocked _, TaskState.Queued _, TaskState.Backoff _ ->
                        step.put(task.in(givenUp(step, task, why)));
                case TaskState.Active _ -> stop(step, task, new StopCause.FailFast(name), false);
                case TaskState.Dormant _, TaskState.Ended _ -> {}
            }
        }
    }
}
