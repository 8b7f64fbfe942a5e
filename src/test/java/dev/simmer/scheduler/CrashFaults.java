package dev.simmer.scheduler;

import dev.simmer.model.ExitStatus;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.pcollections.TreePSet;

/** Schedulers with a fault planted in what happens before, in and after a crash. */
final class CrashFaults {
    private CrashFaults() {}

    private static Deciding afterwards(UnaryOperator<Decision> otherwise) {
        return (state, event) -> otherwise.apply(Scheduler.decide(state, event));
    }

    /** Recovers from other things than were saved. */
    private static Deciding recovering(UnaryOperator<Event.Recovered> otherwise) {
        return Faults.seeing(
                event -> event instanceof Event.Recovered saved ? otherwise.apply(saved) : event);
    }

    static Deciding unsavedPauses() {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            Set<TaskId> saved = new TreeSet<>(d.news().tasks());
            saved.removeIf(id ->
                    d.state().tasks().containsKey(id)
                            && d.state().task(id).state() instanceof TaskState.Paused);
            Decision.News news =
                    new Decision.News(saved, d.news().forgotten(), d.news().workspaces());
            return new Decision(d.state(), d.effects(), d.reply(), news);
        };
    }

    static Deciding losesATask() {
        return recovering(saved -> {
            List<Task> tasks = new ArrayList<>(saved.tasks());
            tasks.removeIf(task -> task.state() instanceof TaskState.Backoff);
            return new Event.Recovered(saved.at(), tasks, saved.rules());
        });
    }

    static Deciding losesTheSession() {
        return recovering(saved -> {
            Map<WorkspaceId, WorkspaceRules> rules = new TreeMap<>();
            saved.rules().forEach((id, each) -> rules.put(id, each.in("")));
            return new Event.Recovered(saved.at(), saved.tasks(), rules);
        });
    }

    /** Takes everything to have been found at once. */
    static Deciding impatient() {
        return afterwards(d ->
                new Decision(
                        d.state().withAdopting(TreePSet.empty()),
                        d.effects(),
                        d.reply(),
                        d.news()));
    }

    static Deciding neverAdopts() {
        return Faults.without(Effect.AdoptProcess.class::isInstance);
    }

    static Deciding spawnsAgain() {
        return Faults.doing((state, effects) -> {
            List<Effect> others = new ArrayList<>();
            for (Effect effect : effects) {
                others.add(
                        effect instanceof Effect.AdoptProcess(var id, var spec)
                                ? new Effect.SpawnProcess(
                                        id, spec, new MemoryEstimate(0, MemorySource.GUESSED))
                                : effect);
            }
            return others;
        });
    }

    static Deciding forgetsProbes() {
        return onAnswers(Effect.ProbeReadiness.class);
    }

    static Deciding losesSignals() {
        return onAnswers(Effect.SignalProcesses.class);
    }

    static Deciding losesKills() {
        return onAnswers(Effect.KillProcesses.class);
    }

    /** Leaves out effects where an attempt has been found. */
    private static Deciding onAnswers(Class<? extends Effect> left) {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            if (!(event instanceof Event.Adopted)) {
                return d;
            }
            List<Effect> effects =
                    d.effects().stream().filter(effect -> !left.isInstance(effect)).toList();
            return new Decision(d.state(), effects, d.reply(), d.news());
        };
    }

    static Deciding owesForEver() {
        return Faults.overlooking(Event.Signalled.class::isInstance);
    }

    /** Takes an attempt that was never started to be alive. */
    static Deciding neverBeganIsLost() {
        return Faults.overlooking(Event.NeverBegan.class::isInstance);
    }

    /** Calls a task lost that still runs. */
    static Deciding aliveIsLost() {
        return Faults.seeing(event ->
                event
                                        instanceof
                                        Event.ProcessExited(
                                                var at,
                                                var id,
                                                ExitStatus.Code _,
                                                var ended,
                                                var left,
                                                var matched,
                                                var jitter,
                                                var memory,
                                                var _)
                                && ended < at
                        ? new Event.ProcessExited(
                                at,
                                id,
                                new ExitStatus.Unknown("it ran before"),
                                ended,
                                left,
                                matched,
                                jitter,
                                memory)
                        : event);
    }

    static Deciding endedOnlyNow() {
        return Faults.seeing(event ->
                event
                                instanceof
                                Event.ProcessExited(
                                        var at,
                                        var id,
                                        var status,
                                        var _,
                                        var left,
                                        var matched,
                                        var jitter,
                                        var memory,
                                        var _)
                        ? new Event.ProcessExited(at, id, status, at, left, matched, jitter, memory)
                        : event);
    }

    /** Gives every submitted task a number where its name is taken, whatever was asked for. */
    static Deciding twoOfAName() {
        return Faults.seeing(event ->
                event
                                instanceof
                                Event.TasksSubmitted(var at, var tasks, var limits, var fast, var _)
                        ? new Event.TasksSubmitted(at, tasks, limits, fast, Request.Existing.NUMBER)
                        : event);
    }

    static Deciding renamesNothing() {
        return (state, event) ->
                event instanceof Event.RenameRequested(long at, TaskId id, String _)
                                && state.tasks().containsKey(id)
                        ? new Decision(
                                state.at(at),
                                List.of(),
                                Optional.of(new Reply.Accepted(List.of(id))),
                                Decision.News.NONE)
                        : Scheduler.decide(state, event);
    }

    static Deciding forgetsByHalf() {
        return Faults.without(Effect.DiscardTask.class::isInstance);
    }

    /** Lets a task go on that has written too much. */
    static Deciding forgivesFullLogs() {
        return Faults.overlooking(Event.LogLimitReached.class::isInstance);
    }
}
