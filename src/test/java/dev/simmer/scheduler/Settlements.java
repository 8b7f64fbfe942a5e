package dev.simmer.scheduler;

import static dev.simmer.scheduler.Witness.hold;

import dev.simmer.model.Backoff;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.Readiness;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopCause;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of what becomes of tasks, checked on each change of a task from state to state. */
@SuppressWarnings("ReferenceEquality") // what has not changed is the same
final class Settlements {
    private static final long HEALTHY_MINUTE = 60_000;

    private final Witness witness;
    private final Set<TaskId> woken = new HashSet<>();
    private boolean restarted;

    Settlements(Witness witness) {
        this.witness = witness;
    }

    /** Finds out which tasks somebody has started: their counts begin anew. */
    void woken(State before, Event event, State after) {
        woken.clear();
        boolean asked =
                event instanceof Event.TasksSubmitted
                        || event instanceof Event.StartRequested
                        || event instanceof Event.RestartRequested;
        restarted = false;
        for (TaskId id : before.active()) {
            restarted |= restarting(before.task(id)) && !restarting(after.task(id));
        }
        for (Task task : after.tasks().values()) {
            Task was = before.tasks().get(task.id());
            if (was == null || was == task || !waits(task)) {
                continue;
            }
            boolean ended =
                    was.state() instanceof TaskState.Ended
                            || was.state() instanceof TaskState.Dormant;
            boolean backoff = was.state() instanceof TaskState.Backoff;
            hold(!ended || asked || restarted, Rule.OUTCOMES, "%s woke by itself", task.id());
            if (ended || restarting(was) || (backoff && (asked || restarted))) {
                Life.Seen seen = witness.seen(task.id());
                woken.add(task.id());
                seen.repeats = 0;
                seen.attemptsBefore = seen.attempts;
            }
        }
    }

    private static boolean restarting(Task task) {
        return task.state() instanceof TaskState.Stopping stopping
                && stopping.cause() instanceof StopCause.Restart;
    }

    private static boolean waits(Task task) {
        return task.state() instanceof TaskState.Blocked
                || task.state() instanceof TaskState.Queued
                || task.state() instanceof TaskState.Starting;
    }

    void spawning(Life.Seen seen, State before, Event event) {
        Task was = before.tasks().get(seen.task.id());
        if (was != null
                && was.state() instanceof TaskState.Backoff backoff
                && !woken.contains(seen.task.id())) {
            hold(
                    backoff.until() <= event.at(),
                    Rule.REPEATS,
                    "%s starts again too early",
                    was.id());
        }
    }

    void released(Life life, boolean keepTmp, State before, State after) {
        Task task = after.task(life.id.task());
        PastAttempt past = task.history().get(task.history().size() - 1);
        hold(past.number() == life.id.number(), Rule.ENDS_ONCE, "%s has no history", life.id);
        Outcome outcome = life.outcome(cause(before.task(life.id.task())));
        hold(past.outcome().equals(outcome), Rule.OUTCOMES, "%s: %s", life.id, past);
        boolean keep = outcome.phase().failed() && life.of.task.spec().keepTmpOnFailure();
        hold(keepTmp == keep, Rule.EFFECTS, "%s: TMPDIR kept: %s", life.id, keepTmp);
        hold(past.endedAt() == life.endedAt(witness.now), Rule.TIME, "%s: %s", life.id, past);
        boolean started = life.startedAt != Life.NEVER;
        hold(past.startedAt().isPresent() == started, Rule.OUTCOMES, "%s: %s", life.id, past);
        if (outcome instanceof Outcome.Evicted || outcome instanceof Outcome.OutOfMemory) {
            life.of.raise(life.raisedBytes());
            hold(
                    task.expected().equals(life.of.task.expected()),
                    Rule.OUTCOMES,
                    "%s is expected to need %s, not %s",
                    life.id,
                    task.expected(),
                    life.of.task.expected());
        }
        life.of.evictions = outcome instanceof Outcome.Evicted ? life.of.evictions + 1 : 0;
    }

    private static @Nullable StopCause cause(Task before) {
        return before.state() instanceof TaskState.Stopping stopping ? stopping.cause() : null;
    }

    /** SIGKILL: because somebody wants it at once, or because the grace period is over. */
    void killed(Life life, Event event, State after) {
        StopPolicy policy = life.of.task.spec().stop();
        boolean wanted =
                event instanceof Event.StopRequested stop
                        && stop.now()
                        && stop.ids().contains(life.id.task());
        boolean evicted =
                event instanceof Event.HostSampled
                        && after.task(life.id.task()).state() instanceof TaskState.Stopping stopping
                        && stopping.cause() instanceof StopCause.Evicted;
        hold(
                wanted
                        || evicted
                        || policy.signal() == Signal.KILL
                        || witness.now >= life.stopAt + policy.grace().toMillis(),
                Rule.STOPS,
                "%s is killed before its grace period is over",
                life.id);
    }

    void check(State before, Event event, Decision decision, boolean late) {
        for (Task task : decision.state().tasks().values()) {
            Task was = before.tasks().get(task.id());
            if (was == task) {
                continue;
            }
            hold(
                    decision.news().tasks().contains(task.id())
                            || event instanceof Event.Recovered
                            || (was != null && Disk.same(was, task)),
                    Rule.SAVED,
                    "%s has changed and is not saved",
                    task.id());
            if (was == null) {
                continue;
            }
            Life.Seen seen = witness.seen(task.id());
            switch (task.state()) {
                case TaskState.Ended ended when !was.state().equals(ended) ->
                        ended(seen, was, ended, event, before, decision.state());
                case TaskState.Backoff backoff when !was.state().equals(backoff) ->
                        backoff(seen, was, task, backoff);
                case TaskState.Stopping stopping -> stopping(seen, was, stopping, event);
                case TaskState.Paused _ ->
                        hold(
                                event instanceof Event.PauseRequested
                                        || event instanceof Event.HostSampled
                                        || was.state() instanceof TaskState.Paused,
                                Rule.PAUSES,
                                "%s was paused by nobody",
                                task.id());
                case TaskState.Running running -> {
                    if (running.ready()) {
                        boolean ready = seen.current().map(Life::ready).orElse(false);
                        hold(ready, Rule.OUTCOMES, "%s is not ready", task.id());
                    }
                }
                case TaskState.Ended _,
                        TaskState.Backoff _,
                        TaskState.Dormant _,
                        TaskState.Blocked _,
                        TaskState.Queued _,
                        TaskState.Starting _ -> {}
            }
            hold(
                    !late || task.state() instanceof TaskState.Starting,
                    Rule.OUTCOMES,
                    "late %s changed %s",
                    event,
                    task.id());
        }
    }

    private void ended(
            Life.Seen seen,
            Task was,
            TaskState.Ended ended,
            Event event,
            State before,
            State after) {
        Outcome outcome = ended.outcome();
        long at =
                was.state() instanceof TaskState.Active
                        ? lastOf(seen).endedAt(witness.now)
                        : witness.now;
        hold(ended.at() == at, Rule.TIME, "%s ended at %d", was.id(), ended.at());
        if (was.state() instanceof TaskState.Active) {
            Life life = lastOf(seen);
            StopCause cause = cause(was);
            hold(life.released, Rule.ENDS_ONCE, "%s ended, but was not released", life.id);
            hold(outcome.equals(life.outcome(cause)), Rule.OUTCOMES, "%s: %s", life.id, outcome);
            hold(!(cause instanceof StopCause.Restart), Rule.OUTCOMES, "%s forgot", life.id);
            boolean final_ =
                    cause instanceof StopCause.User
                            || cause instanceof StopCause.FailFast
                            || cause instanceof StopCause.LogFull;
            hold(
                    final_ || !repeats(seen, life, outcome),
                    Rule.REPEATS,
                    "%s ended, but was to be repeated: %s",
                    life.id,
                    outcome);
        } else {
            endedWithoutProcess(was, outcome, event, before, after);
        }
        if (outcome.phase().failed() && witness.rulesOf(seen).failFast()) {
            failedFast(seen, after);
        }
    }

    private void endedWithoutProcess(
            Task was, Outcome outcome, Event event, State before, State after) {
        boolean hopeless =
                witness.seen(was.id()).needs.stream()
                        .anyMatch(n -> witness.admissions().hopeless(n, after));
        boolean asked = event instanceof Event.StopRequested stop && stop.ids().contains(was.id());
        boolean failFast = failedFastNow(was, before, after);
        boolean evicted = was.started() && witness.seen(was.id()).evictions > 0;
        boolean so =
                switch (outcome) {
                    case Outcome.Skipped _ -> (hopeless || failFast) && !evicted;
                    case Outcome.Stopped _ ->
                            asked || failFast || (hopeless && (was.repeats() > 0 || evicted));
                    case Outcome.ExitedWith _,
                            Outcome.DiedOf _,
                            Outcome.AgentEnded _,
                            Outcome.OutOfMemory _,
                            Outcome.NotStarted _,
                            Outcome.NotReady _,
                            Outcome.TimedOut _,
                            Outcome.LogFull _,
                            Outcome.Lost _ ->
                            (hopeless || failFast)
                                    && was.repeats() > 0
                                    && was.history().getLast().outcome().equals(outcome);
                    case Outcome.Succeeded _, Outcome.Evicted _ -> false;
                };
        hold(so, Rule.OUTCOMES, "%s, %s, became %s", was.id(), was.state(), outcome);
        boolean startedAnew = was.state() instanceof TaskState.Ended;
        boolean tried = was.repeats() > 0 && outcome instanceof Outcome.Skipped && !startedAnew;
        hold(!tried, Rule.OUTCOMES, "%s was skipped after %s", was.id(), was.history());
    }

    private boolean failedFastNow(Task of, State before, State after) {
        Life.Seen seen = witness.seen(of.id());
        if (!witness.rulesOf(seen).failFast()) {
            return false;
        }
        for (Task other : after.tasks().values()) {
            if (other.spec().workspace().equals(of.spec().workspace())
                    && other.state() instanceof TaskState.Ended ended
                    && before.tasks().get(other.id()) != other
                    && ended.outcome().phase().failed()) {
                return true;
            }
        }
        return false;
    }

    private void failedFast(Life.Seen failed, State after) {
        for (Task task : after.tasks().values()) {
            if (!task.spec().workspace().equals(failed.task.spec().workspace())) {
                continue;
            }
            boolean over =
                    switch (task.state()) {
                        case TaskState.Dormant _, TaskState.Ended _ -> true;
                        case TaskState.Stopping stopping -> !repeatable(task, stopping);
                        case TaskState.Blocked _,
                                TaskState.Queued _,
                                TaskState.Backoff _,
                                TaskState.Starting _,
                                TaskState.Running _,
                                TaskState.Paused _ ->
                                false;
                    };
            hold(
                    over,
                    Rule.FAIL_FAST,
                    "%s failed, but %s is %s",
                    failed.task.id(),
                    task.id(),
                    task.state());
        }
    }

    private static boolean repeatable(Task task, TaskState.Stopping stopping) {
        return switch (stopping.cause()) {
            case StopCause.User _, StopCause.FailFast _, StopCause.Restart _, StopCause.LogFull _ ->
                    false;
            case StopCause.Timeout _,
                    StopCause.NotReady _,
                    StopCause.Evicted _,
                    StopCause.Agent _ ->
                    true;
            case StopCause.Leftovers(ExitStatus status) ->
                    !task.spec().kind().endsByItself()
                            || !stopping.attempt()
                                    .agent()
                                    .map(each -> each.verdict().good())
                                    .orElse(status.equals(new ExitStatus.Code(0)));
        };
    }

    private void backoff(Life.Seen seen, Task was, Task task, TaskState.Backoff backoff) {
        Life life = lastOf(seen);
        StopCause cause = cause(was);
        boolean own =
                !(cause instanceof StopCause.User)
                        && !(cause instanceof StopCause.FailFast)
                        && !(cause instanceof StopCause.LogFull);
        hold(life.released, Rule.ENDS_ONCE, "%s rests, but was not released", life.id);
        hold(own, Rule.REPEATS, "%s was stopped, but is to be repeated", life.id);
        Outcome outcome = life.outcome(cause);
        hold(backoff.last().equals(outcome), Rule.OUTCOMES, "%s: %s", life.id, backoff);
        hold(repeats(seen, life, outcome), Rule.REPEATS, "%s: no repeat for %s", life.id, outcome);
        seen.repeats = number(seen, life);
        hold(
                task.repeats() == seen.repeats,
                Rule.REPEATS,
                "%s is repeat %d, not %d",
                life.id,
                seen.repeats,
                task.repeats());
        long delay = backoff.until() - witness.now;
        Backoff policy =
                seen.job()
                        ? seen.task.spec().retry().backoff()
                        : seen.task.spec().restart().backoff();
        double bound = policy.first().toMillis() * Math.pow(2, seen.repeats - 1);
        hold(
                delay >= 0 && delay <= bound && delay <= policy.most().toMillis(),
                Rule.REPEATS,
                "%s rests for %d ms, at most %s",
                life.id,
                delay,
                bound);
    }

    private static Life lastOf(Life.Seen seen) {
        if (seen.last == null) {
            throw new Broken(Rule.ENDS_ONCE, seen.task.id() + " ended before it began");
        }
        return seen.last;
    }

    private static int number(Life.Seen seen, Life life) {
        boolean well = !seen.job() && life.wellMillis() >= HEALTHY_MINUTE;
        return well ? 1 : seen.repeats + 1;
    }

    /** Whether an attempt that ended like this is to be followed by another. */
    private static boolean repeats(Life.Seen seen, Life life, Outcome outcome) {
        if (outcome instanceof Outcome.NotStarted(StartFailure failure)
                && failure.cause() != StartFailure.Cause.DISK_FULL
                && failure.cause() != StartFailure.Cause.NO_RESOURCES) {
            return false;
        }
        int number = number(seen, life);
        if (!seen.job()) {
            RestartPolicy policy = seen.task.spec().restart();
            boolean failed = outcome.phase().failed();
            boolean wanted =
                    policy.on() == RestartPolicy.On.ALWAYS
                            || (policy.on() == RestartPolicy.On.FAILURE && failed);
            return wanted && number <= policy.max();
        }
        RetryPolicy policy = seen.task.spec().retry();
        boolean code =
                outcome.exitCode().isPresent()
                        && policy.onExit().contains(outcome.exitCode().getAsInt());
        boolean output = policy.onOutput().isPresent() && life.outputMatched;
        boolean any = policy.onExit().isEmpty() && policy.onOutput().isEmpty();
        return outcome.phase().failed() && (any || code || output) && number <= policy.max();
    }

    private void stopping(Life.Seen seen, Task was, TaskState.Stopping stopping, Event event) {
        Life life = lastOf(seen);
        TaskId id = was.id();
        StopPolicy policy = seen.task.spec().stop();
        hold(life.stopAt != Life.NEVER, Rule.STOPS, "%s is stopped by no signal", id);
        hold(stopping.killed() == life.killed, Rule.STOPS, "%s: %s", id, stopping);
        hold(
                stopping.killAt() == life.stopAt + policy.grace().toMillis(),
                Rule.STOPS,
                "%s: SIGKILL at %d, not %d ms after %d",
                id,
                stopping.killAt(),
                policy.grace().toMillis(),
                life.stopAt);
        if (stopping.cause().equals(cause(was))) {
            return;
        }
        boolean so =
                switch (stopping.cause()) {
                    case StopCause.User _ -> event instanceof Event.StopRequested;
                    case StopCause.Restart _ ->
                            restarted
                                    || event instanceof Event.RestartRequested
                                    || event instanceof Event.StartRequested
                                    || event instanceof Event.TasksSubmitted;
                    case StopCause.Timeout(var limit) ->
                            life.startedAt + life.suspended + limit.toMillis() <= witness.now;
                    case StopCause.NotReady(var limit, _) ->
                            life.readyAt == Life.NEVER
                                    && limit.equals(readiness(seen).timeout())
                                    && life.startedAt + life.suspended + limit.toMillis()
                                            <= witness.now;
                    case StopCause.LogFull _ -> life.logFull;
                    case StopCause.Evicted _ -> event instanceof Event.HostSampled;
                    case StopCause.Agent _ -> event instanceof Event.AgentStopWanted;
                    case StopCause.FailFast _ -> witness.rulesOf(seen).failFast();
                    case StopCause.Leftovers(ExitStatus status) -> status.equals(life.exit);
                };
        hold(so, Rule.TIME_LIMITS, "%s is stopped without cause: %s", id, stopping);
    }

    private static Readiness readiness(Life.Seen seen) {
        return seen.task
                .spec()
                .ready()
                .orElseThrow(() -> new Broken(Rule.TIME_LIMITS, seen.task.id() + " has no probe"));
    }
}
