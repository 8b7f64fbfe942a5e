package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.Reply;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches a scheduler at work and holds it to the {@link Rule}s. Keeps books of its own, written
 * from the events that went in and the effects that came out; works everything out anew and calls
 * nothing of the scheduler but the reasons that it checks.
 */
final class Witness {
    final Map<TaskId, Life.Seen> tasks = new TreeMap<>();
    final Map<AttemptId, Life> active = new TreeMap<>();
    final Map<WorkspaceId, WorkspaceRules> rules = new TreeMap<>();
    @Nullable HostReading host;
    long now;

    private final World world;
    private final boolean words;
    private final Admissions admissions = new Admissions(this);
    private final Pressures pressures;
    private final Settlements settlements = new Settlements(this);
    private final States states = new States(this);
    private final Adoptions adoptions;
    private final Names names;

    /**
     * @param words whether reasons are checked too
     */
    Witness(World world, boolean words) {
        this.world = world;
        this.words = words;
        this.adoptions = new Adoptions(this);
        this.names = new Names(this);
        this.pressures = new Pressures(this);
    }

    /** A witness with the same books, for a world in which what follows may not have been. */
    private Witness(Witness other) {
        world = other.world;
        words = other.words;
        adoptions = new Adoptions(this, other.adoptions);
        names = new Names(this, other.names);
        pressures = new Pressures(this, other.pressures);
        other.tasks.forEach((id, seen) -> tasks.put(id, seen.copy()));
        for (AttemptId id : other.active.keySet()) {
            seen(id.task()).current().ifPresent(life -> active.put(id, life));
        }
        rules.putAll(other.rules);
        host = other.host;
        now = other.now;
    }

    Witness copy() {
        return new Witness(this);
    }

    Adoptions adoptions() {
        return adoptions;
    }

    Pressures pressures() {
        return pressures;
    }

    Admissions admissions() {
        return admissions;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no library used here
    static void hold(boolean so, Rule rule, String otherwise, Object... parts) {
        if (!so) {
            throw new Broken(rule, otherwise.formatted(parts));
        }
    }

    Life.Seen seen(TaskId id) {
        Life.Seen seen = tasks.get(id);
        if (seen == null) {
            throw new Broken(Rule.EFFECTS, "task " + id + " was never accepted");
        }
        return seen;
    }

    WorkspaceRules rulesOf(Life.Seen seen) {
        WorkspaceRules found = rules.get(seen.task.spec().workspace());
        if (found == null) {
            throw new IllegalStateException("no rules for " + seen.task.spec().workspace());
        }
        return found;
    }

    /** Checks a decision before its effects are carried out. */
    void check(State before, Event event, Decision decision) {
        now = event.at();
        State after = decision.state();
        hold(after.now() == now, Rule.TIME, "at %d the state says %d", now, after.now());
        replies(before, event, decision);
        names.granted(before, event, decision);
        adoptions.note(event);
        if (event instanceof Event.HostSampled sampled) {
            pressures.looked(sampled, host, before);
        }
        boolean late = note(event, after);
        if (event instanceof Event.HostSampled) {
            pressures.outgrown(after);
        }
        if (event instanceof Event.Recovered) {
            host = null;
            pressures.forget();
            adoptions.recovered(before, decision);
        }
        names.check(event, after);
        endsAreReleased(before, decision);
        settlements.woken(before, event, after);
        for (Effect effect : decision.effects()) {
            if (!adoptions.again(effect)) {
                effect(effect, before, event, after);
            }
        }
        adoptions.check(before, event, decision);
        if (!(event instanceof Event.Recovered)) {
            pressures.check(before, event, after);
        }
        settlements.check(before, event, decision, late);
        states.check(after);
        if (words) {
            states.reasons(after);
        }
        admissions.nothingIdles(after);
    }

    /** An attempt that is a task's current one no more has been released. */
    private static void endsAreReleased(State before, Decision decision) {
        for (TaskId id : before.active()) {
            if (before.task(id).state() instanceof TaskState.Active was) {
                AttemptId attempt = was.attempt().id();
                boolean still =
                        decision.state().task(id).state() instanceof TaskState.Active is
                                && is.attempt().id().equals(attempt);
                hold(
                        still || decision.effects().stream().anyMatch(e -> releases(e, attempt)),
                        Rule.ENDS_ONCE,
                        "%s ended and was not released",
                        attempt);
            }
        }
    }

    private static boolean releases(Effect effect, AttemptId attempt) {
        return effect instanceof Effect.ReleaseAttempt release && release.attempt().equals(attempt);
    }

    /** Checks what only shows once the effects have been carried out. */
    void checkWorld(State after) {
        for (Life life : active.values()) {
            TaskState state = after.task(life.id.task()).state();
            SimulatedProcess process = world.known(life.id);
            if (process == null || process.meddled || adoptions.awaits(life.id)) {
                continue;
            }
            if (process.stage == SimulatedProcess.Stage.ALIVE && !process.killAsked) {
                boolean paused = state instanceof TaskState.Paused;
                hold(
                        paused == process.suspended,
                        Rule.PAUSES,
                        "task %s is %s, its process %s",
                        life.id,
                        state,
                        process.suspended ? "suspended" : "running");
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // what has not changed is the same
    private void replies(State before, Event event, Decision decision) {
        boolean request =
                switch (event) {
                    case Event.TasksSubmitted _,
                            Event.StartRequested _,
                            Event.StopRequested _,
                            Event.RestartRequested _,
                            Event.PauseRequested _,
                            Event.ResumeRequested _,
                            Event.RenameRequested _,
                            Event.SessionRequested _,
                            Event.SessionRenameRequested _,
                            Event.ForgetRequested _ ->
                            true;
                    case Event.ProcessStarted _,
                            Event.StartFailed _,
                            Event.BecameReady _,
                            Event.ProcessExited _,
                            Event.LeftoversGone _,
                            Event.Recovered _,
                            Event.Adopted _,
                            Event.NeverBegan _,
                            Event.Signalled _,
                            Event.LogLimitReached _,
                            Event.AgentStopWanted _,
                            Event.HostSampled _,
                            Event.Estimated _,
                            Event.TimePassed _ ->
                            false;
                };
        hold(decision.reply().isPresent() == request, Rule.REPLIES, "%s: %s", event, decision);
        if (decision.reply().orElse(null) instanceof Reply.Refused refused) {
            for (Task task : decision.state().tasks().values()) {
                hold(
                        before.tasks().get(task.id()) == task
                                || task.state() instanceof TaskState.Starting,
                        Rule.REPLIES,
                        "refused (%s), but task %s changed to %s",
                        refused.why(),
                        task.id(),
                        task.state());
            }
        }
    }

    /** Writes an event down; tells whether it is about an attempt that is over. */
    private boolean note(Event event, State after) {
        switch (event) {
            case Event.ProcessStarted(long at, AttemptId id) -> {
                Life life = active.get(id);
                if (life == null) {
                    return true;
                }
                life.started(at);
            }
            case Event.BecameReady(long at, AttemptId id) -> {
                Life life = active.get(id);
                if (life == null) {
                    return true;
                }
                if (life.endedAt == Life.NEVER && life.stopAt == Life.NEVER) {
                    life.readyAt = Math.min(life.readyAt, at);
                }
            }
            case Event.StartFailed failed -> {
                Life life = active.get(failed.attempt());
                if (life == null) {
                    return true;
                }
                life.failure = failed.failure();
                life.endedAt = failed.at();
            }
            case Event.ProcessExited exited -> {
                Life life = active.get(exited.attempt());
                if (life == null) {
                    return true;
                }
                long begun = life.startedAt == Life.NEVER ? life.spawnedAt : life.startedAt;
                life.endedAt = Math.max(begun, Math.min(exited.endedAt(), exited.at()));
                life.started(life.endedAt);
                life.exit = exited.status();
                life.memory = exited.memory();
                life.agent = exited.agent();
                life.peakBytes = Math.max(life.peakBytes, exited.memory().peakBytes());
                life.outputMatched = exited.outputMatched();
                life.leftovers = exited.leftovers() > 0;
            }
            case Event.LeftoversGone gone -> {
                Life life = active.get(gone.attempt());
                if (life == null) {
                    return true;
                }
                life.outputMatched = gone.outputMatched();
                life.leftovers = true;
            }
            case Event.Adopted(long at, AttemptId id) -> {
                Life life = active.get(id);
                if (life == null) {
                    return true;
                }
                if (life.suspendedAt == Life.NEVER) {
                    life.readyShift += Adoptions.readyShift(life, at);
                }
                if (life.startedAt == Life.NEVER) {
                    life.started(life.spawnedAt);
                }
            }
            case Event.NeverBegan(long at, AttemptId id, double _) -> {
                Life life = active.get(id);
                if (life == null) {
                    return true;
                }
                if (life.stopAt != Life.NEVER) {
                    life.endedAt = at;
                }
            }
            case Event.Signalled(long _, AttemptId id, Signal signal) -> {
                Life life = active.get(id);
                if (life == null) {
                    return true;
                }
                life.owed.remove(signal);
            }
            case Event.AgentStopWanted(long _, AttemptId id, var _, var _) -> {
                if (!active.containsKey(id)) {
                    return true;
                }
                hold(
                        after.task(id.task()).state() instanceof TaskState.Stopping,
                        Rule.STOPS,
                        "%s goes on although it is to be stopped",
                        id);
            }
            case Event.LogLimitReached(long _, AttemptId id, boolean _) -> {
                Life life = active.get(id);
                if (life == null) {
                    return true;
                }
                life.logFull = true;
                hold(
                        after.task(id.task()).state() instanceof TaskState.Stopping,
                        Rule.STOPS,
                        "%s has written too much and goes on",
                        id);
            }
            case Event.HostSampled sampled -> {
                host = sampled.host();
                for (Life life : active.values()) {
                    TreeMemory memory = sampled.memory().get(life.id);
                    if (memory != null) {
                        life.rssBytes = memory.rssBytes();
                        life.peakBytes = Math.max(life.peakBytes, memory.peakBytes());
                    }
                }
            }
            case Event.TasksSubmitted _,
                    Event.StartRequested _,
                    Event.StopRequested _,
                    Event.RestartRequested _,
                    Event.PauseRequested _,
                    Event.ResumeRequested _,
                    Event.RenameRequested _,
                    Event.SessionRequested _,
                    Event.SessionRenameRequested _,
                    Event.ForgetRequested _,
                    Event.Recovered _,
                    Event.Estimated _,
                    Event.TimePassed _ -> {}
        }
        return false;
    }

    private void effect(Effect effect, State before, Event event, State after) {
        switch (effect) {
            case Effect.SpawnProcess spawn -> spawned(spawn, before, event, after);
            case Effect.ReleaseAttempt(AttemptId id, boolean keepTmp) -> {
                Life life = living(id, effect);
                hold(!world.lives(id), Rule.ENDS_ONCE, "%s is released, but lives", id);
                world.truth(life);
                settlements.released(life, keepTmp, before, after);
                life.released = true;
                active.remove(id);
            }
            case Effect.SignalProcesses(AttemptId id, Signal signal) -> {
                signalled(living(id, effect), signal);
            }
            case Effect.KillProcesses(AttemptId id) -> {
                Life life = living(id, effect);
                hold(!life.killed, Rule.STOPS, "%s is killed twice", id);
                killed(life);
                settlements.killed(life, event, after);
            }
            case Effect.ProbeReadiness(AttemptId id, var probe) -> {
                Life life = living(id, effect);
                hold(
                        life.of.task.spec().ready().map(r -> r.probe().equals(probe)).orElse(false),
                        Rule.EFFECTS,
                        "%s is probed by %s",
                        id,
                        probe);
            }
            case Effect.AdoptProcess(AttemptId id, var _) ->
                    hold(
                            event instanceof Event.Recovered,
                            Rule.ADOPTS,
                            "%s is looked for without cause",
                            id);
            case Effect.DiscardTask(TaskId id) ->
                    hold(
                            event instanceof Event.ForgetRequested && !tasks.containsKey(id),
                            Rule.FORGETS,
                            "the folder of %s is removed",
                            id);
            case Effect.Record _, Effect.SampleHost _ -> {}
        }
    }

    /** Writes down that a signal was decided on. */
    void signalled(Life life, Signal signal) {
        life.owed.add(signal);
        if (signal == Signal.STOP) {
            life.suspendedAt = now;
        } else if (signal == Signal.CONT) {
            hold(life.suspendedAt != Life.NEVER, Rule.PAUSES, "%s was not paused", life.id);
            resumed(life);
        } else {
            stopped(life);
        }
    }

    /** Writes down that a kill was decided on. */
    void killed(Life life) {
        stopped(life);
        life.killed = true;
    }

    private void resumed(Life life) {
        if (life.suspendedAt != Life.NEVER) {
            life.suspended += now - life.suspendedAt;
            life.resumedAt = now;
            if (life.ready()) {
                boolean probed = life.of.task.spec().ready().isPresent();
                long from = probed ? life.readyAt : life.startedAt;
                life.suspendedWell += now - Math.max(life.suspendedAt, from);
            }
            life.suspendedAt = Life.NEVER;
        }
    }

    private void stopped(Life life) {
        if (life.stopAt == Life.NEVER) {
            life.stopAt = now;
        }
    }

    private Life living(AttemptId id, Effect effect) {
        Life life = active.get(id);
        if (life == null) {
            throw new Broken(Rule.EFFECTS, effect + " on an attempt that does not live");
        }
        hold(!adoptions.awaits(id), Rule.ADOPTS, "%s before it was found", effect);
        return life;
    }

    private void spawned(Effect.SpawnProcess spawn, State before, Event event, State after) {
        AttemptId id = spawn.attempt();
        Life.Seen seen = seen(id.task());
        if (event instanceof Event.NeverBegan never && never.attempt().equals(id)) {
            hold(world.living(id.task()) == 0, Rule.ONE_PROCESS, "%s is spawned again", id);
            living(id, spawn).again(now);
            return;
        }
        hold(adoptions.none(), Rule.ADOPTS, "%s starts before all has been found", id);
        hold(
                seen.current().isEmpty() && world.living(id.task()) == 0,
                Rule.ONE_PROCESS,
                "%s is spawned while another attempt lives",
                id);
        hold(id.number() == seen.attempts + 1, Rule.ENDS_ONCE, "%s after %s", id, seen.attempts);
        hold(
                after.task(id.task()).state() instanceof TaskState.Starting starting
                        && starting.attempt().id().equals(id),
                Rule.INDICES,
                "%s is spawned, its task is %s",
                id,
                after.task(id.task()).state());
        boolean alone =
                after.task(id.task()).state() instanceof TaskState.Starting s
                        && s.attempt().alone();
        Task was = before.tasks().get(id.task());
        long queuedSince =
                was != null && was.state() instanceof TaskState.Queued queued
                        ? queued.since()
                        : now;
        pressures.spawned(seen, alone, queuedSince);
        admissions.needs(seen, after);
        admissions.room(seen, alone, before);
        admissions.keepsItsPlace(seen, alone, before, after);
        settlements.spawning(seen, before, event);
        Life life = new Life(id, seen, now, alone);
        seen.attempts = id.number();
        seen.last = life;
        active.put(id, life);
    }
}
