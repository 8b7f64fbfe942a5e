package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.Need;
import dev.simmer.model.Reply;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
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
    private final Settlements settlements = new Settlements(this);
    private final States states = new States(this);

    /**
     * @param words whether reasons are checked too
     */
    Witness(World world, boolean words) {
        this.world = world;
        this.words = words;
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
        boolean late = note(event);
        settlements.woken(before, event, after);
        for (Effect effect : decision.effects()) {
            effect(effect, before, event, after);
        }
        settlements.check(before, event, decision, late);
        states.check(after);
        if (words) {
            states.reasons(after);
        }
        admissions.nothingIdles(after);
    }

    /** Checks what only shows once the effects have been carried out. */
    void checkWorld(State after) {
        for (Life life : active.values()) {
            TaskState state = after.task(life.id.task()).state();
            SimulatedProcess process = world.process(life.id);
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
                            Event.HostSampled _,
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
        } else if (event instanceof Event.TasksSubmitted submitted) {
            for (Event.NewTask task : submitted.tasks()) {
                tasks.put(task.id(), new Life.Seen(task, resolve(submitted, task)));
            }
            WorkspaceRules rule = new WorkspaceRules(submitted.limits(), submitted.failFast(), "");
            submitted.tasks().forEach(t -> rules.put(t.spec().workspace(), rule));
        }
    }

    /** A name means a task of the same submission, else the newest one of the workspace. */
    private List<ResolvedNeed> resolve(Event.TasksSubmitted submitted, Event.NewTask task) {
        List<ResolvedNeed> needs = new ArrayList<>();
        for (Need need : task.spec().needs()) {
            TaskId newest = null;
            for (Life.Seen other : tasks.values()) {
                if (other.task.spec().workspace().equals(task.spec().workspace())
                        && other.task.spec().name().equals(need.task())) {
                    newest = other.task.id();
                }
            }
            for (Event.NewTask other : submitted.tasks()) {
                newest = other.spec().name().equals(need.task()) ? other.id() : newest;
            }
            if (newest == null) {
                throw new Broken(Rule.NEEDS, task.id() + " was accepted, without " + need);
            }
            needs.add(new ResolvedNeed(newest, need.task(), need.condition()));
        }
        return needs;
    }

    /** Writes an event down; tells whether it is about an attempt that is over. */
    private boolean note(Event event) {
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
                life.started(exited.at());
                life.exit = exited.status();
                life.outputMatched = exited.outputMatched();
                life.endedAt = exited.at();
            }
            case Event.LeftoversGone gone -> {
                Life life = active.get(gone.attempt());
                if (life == null) {
                    return true;
                }
                life.outputMatched = gone.outputMatched();
            }
            case Event.HostSampled sampled -> {
                host = sampled.host();
                for (Life life : active.values()) {
                    life.rssBytes = sampled.rssBytes().getOrDefault(life.id, life.rssBytes);
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
                    Event.Adopted _,
                    Event.NeverBegan _,
                    Event.Signalled _,
                    Event.LogLimitReached _,
                    Event.TimePassed _ -> {}
        }
        return false;
    }

    private void effect(Effect effect, State before, Event event, State after) {
        switch (effect) {
            case Effect.SpawnProcess spawn -> spawned(spawn, before, event, after);
            case Effect.ReleaseAttempt(AttemptId id, boolean keepTmp) -> {
                Life life = living(id, effect);
                hold(
                        world.process(id).stage == SimulatedProcess.Stage.GONE,
                        Rule.ENDS_ONCE,
                        "%s is released, but is %s",
                        id,
                        world.process(id).stage);
                settlements.released(life, keepTmp, before, after);
                life.released = true;
                active.remove(id);
            }
            case Effect.SignalProcesses(AttemptId id, Signal signal) -> {
                Life life = living(id, effect);
                if (signal == Signal.STOP) {
                    life.suspendedAt = now;
                } else if (signal == Signal.CONT) {
                    hold(life.suspendedAt != Life.NEVER, Rule.PAUSES, "%s was not paused", id);
                    resumed(life);
                } else {
                    stopped(life);
                }
            }
            case Effect.KillProcesses(AttemptId id) -> {
                Life life = living(id, effect);
                hold(!life.killed, Rule.STOPS, "%s is killed twice", id);
                stopped(life);
                settlements.killed(life, event);
                life.killed = true;
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
            case Effect.AdoptProcess _, Effect.DiscardTask _, Effect.SampleHost _ -> {}
        }
    }

    private void resumed(Life life) {
        if (life.suspendedAt != Life.NEVER) {
            life.suspended += now - life.suspendedAt;
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
        return life;
    }

    private void spawned(Effect.SpawnProcess spawn, State before, Event event, State after) {
        AttemptId id = spawn.attempt();
        Life.Seen seen = seen(id.task());
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
        admissions.needs(seen, after);
        admissions.room(seen, alone, before);
        settlements.spawning(seen, before, event);
        Life life = new Life(id, seen, now, alone);
        seen.attempts = id.number();
        seen.last = life;
        active.put(id, life);
    }
}
