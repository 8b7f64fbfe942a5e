package dev.simmer.scheduler;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.MemoryEstimate;
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
                step.put(task.started(true).in(running(step, task, attempt, step.now())));
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

    /** What an attempt that was started at a moment goes on with. */
    static TaskState.Running running(Transition step, Task task, Attempt attempt, long from) {
        OptionalLong timeoutAt = after(from, task.spec().timeout());
        OptionalLong readyBy = after(from, task.spec().ready().map(Readiness::timeout));
        probe(step, task, attempt);
        return new TaskState.Running(attempt, readyBy.isEmpty(), from, timeoutAt, readyBy);
    }

    /** Looks whether an attempt is ready, where there is something to look at. */
    static void probe(Transition step, Task task, Attempt attempt) {
        if (task.spec().ready().isPresent()) {
            Readiness.Probe probe = task.spec().ready().get().probe();
            step.act(attempt.id(), new Effect.ProbeReadiness(attempt.id(), probe));
        }
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
                                            paused.since(),
                                            paused.forMemory())));
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
                                        && mayBeRepeated(task, stopping));
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
    private static boolean mayBeRepeated(Task task, TaskState.Stopping stopping) {
        return switch (stopping.cause()) {
            case StopCause.Timeout _, StopCause.NotReady _ -> true;
            case StopCause.Leftovers(ExitStatus status) ->
                    !task.spec().kind().endsByItself()
                            || !Outcomes.succeeded(Outcomes.of(status, stopping.attempt().agent()));
            case StopCause.Evicted _ -> true;
            case StopCause.User _, StopCause.Restart _, StopCause.FailFast _, StopCause.LogFull _ ->
                    false;
            case StopCause.Agent _ -> true;
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
        send(step, task.id(), policy.signal());
        if (suspended) {
            send(step, task.id(), Signal.CONT);
        }
    }

    /** Sends a signal to a task that is active, and owes it until it is known to have been sent. */
    static void send(Transition step, TaskId id, Signal signal) {
        Task task = step.task(id);
        if (task.state() instanceof TaskState.Active active) {
            Attempt attempt = active.attempt().owing(signal);
            step.put(task.in(active.with(attempt)));
            step.act(attempt.id(), new Effect.SignalProcesses(attempt.id(), signal));
        }
    }

    static void signalled(Transition step, Event.Signalled event) {
        Task task = step.current(event.attempt());
        if (task != null
                && task.state() instanceof TaskState.Active active
                && active.attempt().owed().contains(event.signal())) {
            step.put(task.in(active.with(active.attempt().paid(event.signal()))));
        }
    }

    /** Stops an attempt that writes more than it may. */
    static void logFull(Transition step, Event.LogLimitReached event) {
        Task task = step.current(event.attempt());
        if (task != null && !(task.state() instanceof TaskState.Stopping)) {
            long limit = task.spec().logLimit().bytes();
            stop(step, task, new StopCause.LogFull(limit, event.byChoice()), false);
        }
    }

    /** Stops an agent that has gone beyond what it may. */
    static void agentStop(Transition step, Event.AgentStopWanted event) {
        Task task = step.current(event.attempt());
        if (task != null && !(task.state() instanceof TaskState.Stopping)) {
            stop(step, task, new StopCause.Agent(event.why(), event.words()), false);
        }
    }

    /** SIGKILL, now. */
    static void kill(Transition step, Task task, TaskState.Stopping stopping) {
        step.put(task.in(stopping.nowKilled()));
        AttemptId attempt = stopping.attempt().id();
        step.act(attempt, new Effect.KillProcesses(attempt));
    }

    static void startFailed(Transition step, Event.StartFailed event) {
        Task task = step.current(event.attempt());
        if (task == null) {
            return;
        }
        step.found(task.id());
        End end =
                new End(new Outcome.NotStarted(event.failure()), step.now(), false, event.jitter());
        switch (task.state()) {
            case TaskState.Starting starting -> settle(step, task, starting.attempt(), end);
            case TaskState.Stopping stopping -> settleStopped(step, task, stopping, end);
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
        if (current == null || !(current.state() instanceof TaskState.Active active)) {
            return;
        }
        boolean leftovers = event.leftovers() > 0;
        if (step.found(current.id()) && leftovers) {
            Recovery.resume(step, current);
        }
        long at = Math.max(active.attempt().begunAt(), Math.min(event.endedAt(), step.now()));
        Task task = judged(remembered(begun(current, at), event.memory()), event.agent());
        End end = new End(Outcomes.of(event, task), at, event.outputMatched(), event.jitter());
        switch (task.state()) {
            case TaskState.Stopping stopping -> {
                if (leftovers) {
                    step.put(task.in(stopping.exited(event.status())));
                } else {
                    settleStopped(step, task, stopping, end);
                }
            }
            case TaskState.Starting starting ->
                    exitedByItself(step, task, starting.attempt(), event, end, false);
            case TaskState.Running running ->
                    exitedByItself(step, task, running.attempt(), event, end, false);
            case TaskState.Paused paused ->
                    exitedByItself(step, task, paused.attempt(), event, end, true);
            case TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Ended _ -> {}
        }
    }

    /** What has ended has begun: news of the start may be overtaken by news of the end. */
    private static Task begun(Task task, long at) {
        return task.state() instanceof TaskState.Active active
                        && active.attempt().startedAt().isEmpty()
                ? task.started(true).in(active.with(active.attempt().started(at)))
                : task;
    }

    /** What the kernel remembers of the memory may be more than was seen. */
    private static Task remembered(Task task, KernelMemory memory) {
        return task.state() instanceof TaskState.Active active
                        && memory.peakBytes() > active.attempt().peakRssBytes()
                ? task.in(active.with(active.attempt().peakedAt(memory.peakBytes())))
                : task;
    }

    private static Task judged(Task task, Optional<AgentEnding> agent) {
        return agent.isPresent() && task.state() instanceof TaskState.Active active
                ? task.in(active.with(active.attempt().judged(agent.get())))
                : task;
    }

    private static void exitedByItself(
            Transition step,
            Task task,
            Attempt attempt,
            Event.ProcessExited event,
            End end,
            boolean suspended) {
        if (event.leftovers() == 0) {
            settle(step, task, attempt, end);
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
            Outcome natural = Outcomes.of(stopping.exit().get(), stopping.attempt().agent());
            End end = new End(natural, step.now(), event.outputMatched(), event.jitter());
            settleStopped(step, task, stopping, end);
        }
    }

    static void neverBegan(Transition step, Task task, TaskState.Stopping stopping, double jitter) {
        Outcome natural =
                stopping.exit()
                        .map(exit -> Outcomes.of(exit, stopping.attempt().agent()))
                        .orElse(new Outcome.Stopped("stopped before it started"));
        settleStopped(step, task, stopping, new End(natural, step.now(), false, jitter));
    }

    /** Settles an attempt that has run and of which nothing is left that could tell its end. */
    static void lost(Transition step, Task task, Attempt attempt, String why, double jitter) {
        settle(step, task, attempt, new End(new Outcome.Lost(why), step.now(), false, jitter));
    }

    /**
     * The end of an attempt.
     *
     * @param outcome how its main process ended, or what else ended it
     * @param at when
     * @param outputMatched whether its output matches {@code retry.on_output}
     * @param jitter from 0 to 1
     */
    private record End(Outcome outcome, long at, boolean outputMatched, double jitter) {
        End because(Outcome other) {
            return new End(other, at, outputMatched, jitter);
        }
    }

    /**
     * Settles an attempt that was being stopped.
     *
     * @param end how its main process ended
     */
    private static void settleStopped(
            Transition step, Task task, TaskState.Stopping stopping, End end) {
        Attempt attempt = stopping.attempt();
        switch (stopping.cause()) {
            case StopCause.User _ ->
                    end(step, task, attempt, end.because(new Outcome.Stopped("stopped")));
            case StopCause.FailFast(String failed) -> {
                String why = "stopped because " + failed + " failed";
                end(step, task, attempt, end.because(new Outcome.Stopped(why)));
            }
            case StopCause.Restart _ -> {
                Outcome stopped = new Outcome.Stopped("stopped for a restart");
                Task rested = step.endAttempt(task, attempt, stopped, end.at());
                step.put(rested.in(new TaskState.Ended(end.at(), stopped)));
                Requests.wake(step, task.id());
            }
            case StopCause.Timeout(Duration limit) ->
                    settle(step, task, attempt, end.because(new Outcome.TimedOut(limit)));
            case StopCause.NotReady(Duration limit, String probe) ->
                    settle(step, task, attempt, end.because(new Outcome.NotReady(limit, probe)));
            case StopCause.LogFull(long limit, boolean byChoice) ->
                    end(step, task, attempt, end.because(new Outcome.LogFull(limit, byChoice)));
            case StopCause.Evicted(long usedBytes) -> {
                if (Outcomes.endedFirst(end.outcome())) {
                    settle(step, task, attempt, end);
                } else {
                    evicted(step, task, attempt, end, usedBytes);
                }
            }
            case StopCause.Agent(AgentStop why, String words) -> {
                // Without a verdict nobody has looked at what it left.
                Outcome judged = end.outcome();
                boolean known = judged instanceof Outcome.AgentEnded;
                String plain = why.words() + ": " + words;
                settle(step, task, attempt, known ? end : end.because(new Outcome.Stopped(plain)));
            }
            case StopCause.Leftovers _ -> settle(step, task, attempt, end);
        }
    }

    /** Queues a task again whose attempt was ended to free memory; it expects more from now on. */
    private static void evicted(
            Transition step, Task task, Attempt attempt, End end, long usedBytes) {
        MemoryEstimate raised = Raising.after(task.expected(), attempt.peakRssBytes());
        Outcome outcome = new Outcome.Evicted(usedBytes, raised.bytes());
        Task rested = step.endAttempt(task, attempt, outcome, end.at());
        step.put(rested.expecting(raised).in(new TaskState.Blocked(step.now())));
    }

    /** Settles an attempt that ended by itself or by a time limit: another one follows, or none. */
    private static void settle(Transition step, Task task, Attempt attempt, End end) {
        Task well = Repeats.rested(task, wellMillis(task.state(), end.at()));
        Optional<Repeats.Repeat> repeat =
                Repeats.after(well, end.outcome(), end.outputMatched(), end.jitter());
        if (repeat.isEmpty()) {
            end(step, task, attempt, end);
            return;
        }
        Task rested = step.endAttempt(raised(task, attempt, end), attempt, end.outcome(), end.at());
        long until = step.now() + repeat.get().delayMillis();
        step.put(
                rested.repeating(repeat.get().number())
                        .in(new TaskState.Backoff(until, end.outcome())));
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

    private static void end(Transition step, Task task, Attempt attempt, End end) {
        Task rested = step.endAttempt(raised(task, attempt, end), attempt, end.outcome(), end.at());
        step.put(rested.in(new TaskState.Ended(end.at(), end.outcome())));
        failFastAfter(step, task, end.outcome());
    }

    private static Task raised(Task task, Attempt attempt, End end) {
        MemoryEstimate raised = Raising.after(task, attempt, end.outcome());
        return raised.equals(task.expected()) ? task : task.expecting(raised);
    }

    /** Ends a task that waits and will not start any more. */
    static void giveUp(Transition step, Task task, String why) {
        TaskState.Ended ended = givenUp(step, task, why);
        step.put(task.in(ended));
        failFastAfter(step, task, ended.outcome());
    }

    /** One that never ran is skipped; one that waits for another attempt keeps its failure. */
    private static TaskState.Ended givenUp(Transition step, Task task, String why) {
        Outcome outcome =
                Raising.waitsAgain(task)
                        ? new Outcome.Stopped("no further attempt: " + why)
                        : new Outcome.Skipped(why);
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
