package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Need;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Schedulers with a fault planted: the one that ships, with its events, its effects or its state
 * tampered with on the way.
 */
final class Faults {
    private Faults() {}

    // Kinds of tampering.

    /** Sees other events than those that happened. */
    static Deciding seeing(UnaryOperator<Event> otherwise) {
        return (state, event) -> Scheduler.decide(state, otherwise.apply(event));
    }

    /** Does other things than were decided. */
    static Deciding doing(BiFunction<State, List<Effect>, List<Effect>> otherwise) {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            return new Decision(
                    d.state(), otherwise.apply(d.state(), d.effects()), d.reply(), d.news());
        };
    }

    /** Leaves out effects. */
    static Deciding without(Predicate<Effect> which) {
        return doing((state, effects) -> effects.stream().filter(which.negate()).toList());
    }

    /** Overlooks events: only time passes. */
    static Deciding overlooking(Predicate<Event> which) {
        return (state, event) ->
                which.test(event)
                        ? new Decision(
                                state.at(event.at()),
                                List.of(),
                                Optional.empty(),
                                Decision.News.NONE)
                        : Scheduler.decide(state, event);
    }

    /** Overlooks every third of such events. */
    static Deciding overlookingSome(Predicate<Event> which) {
        int[] seen = {0};
        return overlooking(event -> which.test(event) && ++seen[0] % 3 == 0);
    }

    /** Forgets deadlines. */
    static Deciding deadlines(Function<State, OptionalLong> otherwise) {
        return new Deciding() {
            @Override
            public Decision decide(State state, Event event) {
                return Scheduler.decide(state, event);
            }

            @Override
            public OptionalLong nextDeadline(State state) {
                return otherwise.apply(state);
            }
        };
    }

    /** Takes on other tasks than were submitted. */
    static Deciding taking(UnaryOperator<Event.NewTask> otherwise, UnaryOperator<Limits> limits) {
        return seeing(event ->
                event instanceof Event.TasksSubmitted(var at, var tasks, var l, var fast, var how)
                        ? new Event.TasksSubmitted(
                                at,
                                tasks.stream().map(otherwise).toList(),
                                limits.apply(l),
                                fast,
                                how)
                        : event);
    }

    // Faults.

    static Deciding oneHeavyTooMany() {
        return taking(
                task -> task,
                l -> new Limits(l.heavy() + 1, l.parallel(), l.reserve(), l.heavyFromBytes()));
    }

    static Deciding onePlaceTooMany() {
        return taking(
                task -> task,
                l ->
                        new Limits(
                                l.heavy(),
                                l.parallel() == 0 ? 0 : l.parallel() + 1,
                                l.reserve(),
                                l.heavyFromBytes()));
    }

    static Deciding onePlaceTooFew() {
        return taking(
                task -> task,
                l ->
                        new Limits(
                                l.heavy(),
                                l.parallel() == 0 ? 0 : Math.max(1, l.parallel() - 1),
                                l.reserve(),
                                l.heavyFromBytes()));
    }

    static Deciding noReserve() {
        return taking(
                task -> task,
                l ->
                        new Limits(
                                l.heavy(),
                                l.parallel(),
                                new Limits.Reserve.Size(0),
                                l.heavyFromBytes()));
    }

    /** Takes every need to be met once the other task has started. */
    static Deciding ignoredNeeds() {
        return taking(task -> respecified(task, true, false), l -> l);
    }

    static Deciding ignoredLocks() {
        return taking(task -> respecified(task, false, true), l -> l);
    }

    private static Event.NewTask respecified(Event.NewTask task, boolean needs, boolean locks) {
        TaskSpec spec = task.spec();
        TaskSpec.Builder copy =
                TaskSpec.named(spec.name(), spec.workspace(), spec.command())
                        .kind(spec.kind())
                        .priority(spec.priority())
                        .retry(spec.retry())
                        .restart(spec.restart())
                        .stop(spec.stop())
                        .keepTmpOnFailure(spec.keepTmpOnFailure())
                        .autostart(spec.autostart());
        spec.ready().ifPresent(copy::ready);
        spec.timeout().ifPresent(copy::timeout);
        spec.heavy().ifPresent(copy::heavy);
        for (Need need : spec.needs()) {
            copy.need(need.task(), needs ? Need.Condition.STARTED : need.condition());
        }
        for (String lock : locks ? Set.<String>of() : spec.locks()) {
            copy.lock(lock);
        }
        return new Event.NewTask(task.id(), copy.build(), task.expected());
    }

    /** Takes all memory that is available for free, whatever was promised of it. */
    static Deciding memoryPromisedTwice() {
        return (state, event) ->
                Scheduler.decide(
                        state,
                        event instanceof Event.HostSampled(var at, var host, var rss)
                                ? new Event.HostSampled(at, host, twice(state, rss))
                                : event);
    }

    /** As if all used what they were promised. */
    private static Map<AttemptId, TreeMemory> twice(State state, Map<AttemptId, TreeMemory> rss) {
        Map<AttemptId, TreeMemory> all = new TreeMap<>();
        rss.forEach((id, memory) -> {
            Task task = state.tasks().get(id.task());
            long promised = task == null ? 0 : task.expected().bytes();
            all.put(id, new TreeMemory(Math.max(promised, memory.rssBytes()), memory.peakBytes()));
        });
        return all;
    }

    /** Takes a task to need half as much as it says, but no less heavy for that. */
    static Deciding memoryHalved() {
        return taking(
                t ->
                        new Event.NewTask(
                                t.id(),
                                t.spec(),
                                new MemoryEstimate(
                                        halved(t.expected().bytes()), MemorySource.GUESSED)),
                l -> l);
    }

    private static long halved(long bytes) {
        return bytes >= Workload.GIB ? Math.max(Workload.GIB, bytes / 2) : bytes / 2;
    }

    /** Never learns that a task uses what was held for it: the memory counts twice. */
    static Deciding memoryCountedTwice() {
        return seeing(event ->
                event instanceof Event.HostSampled(var at, var host, var _)
                        ? new Event.HostSampled(at, host, Map.of())
                        : event);
    }

    /** Waits for longer than the policy allows. */
    static Deciding backoffTooLong() {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            State after = d.state();
            for (TaskId id : after.backingOff()) {
                Task task = after.task(id);
                if (task.state() instanceof TaskState.Backoff backoff
                        && !state.backingOff().contains(id)) {
                    after = replaced(after, task.in(later(backoff)));
                }
            }
            return new Decision(after, d.effects(), d.reply(), d.news());
        };
    }

    private static TaskState later(TaskState.Backoff backoff) {
        return new TaskState.Backoff(backoff.until() + 1_500, backoff.last());
    }

    private static State replaced(State state, Task task) {
        return state.withTask(task, state.queue(), state.active(), state.backingOff());
    }

    /** One try more than the policy allows: the first repeat is not counted. */
    static Deciding uncountedRepeats() {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            State after = d.state();
            for (TaskId id : after.backingOff()) {
                if (!state.backingOff().contains(id)) {
                    after = replaced(after, after.task(id).repeating(0));
                }
            }
            return new Decision(after, d.effects(), d.reply(), d.news());
        };
    }

    static Deciding spawnedTwice() {
        return doing((state, effects) -> {
            List<Effect> twice = new ArrayList<>(effects);
            effects.stream()
                    .filter(Effect.SpawnProcess.class::isInstance)
                    .findFirst()
                    .ifPresent(twice::add);
            return twice;
        });
    }

    static Deciding neverReleased() {
        return without(Effect.ReleaseAttempt.class::isInstance);
    }

    /** Settles an attempt when its main process has ended, though others of it live. */
    static Deciding verdictsIgnored() {
        return seeing(event ->
                event instanceof Event.ProcessExited exited && exited.agent().isPresent()
                        ? new Event.ProcessExited(
                                exited.at(),
                                exited.attempt(),
                                exited.status(),
                                exited.endedAt(),
                                exited.leftovers(),
                                exited.outputMatched(),
                                exited.jitter(),
                                exited.memory())
                        : event);
    }

    static Deciding agentsGoTooFar() {
        return overlooking(Event.AgentStopWanted.class::isInstance);
    }

    static Deciding leftoversForgotten() {
        return seeing(event ->
                event
                                instanceof
                                Event.ProcessExited(
                                        var at,
                                        var id,
                                        var status,
                                        var ended,
                                        var _,
                                        var matched,
                                        var jitter,
                                        var memory,
                                        var _)
                        ? new Event.ProcessExited(at, id, status, ended, 0, matched, jitter, memory)
                        : event);
    }

    static Deciding lostExits() {
        return overlookingSome(Event.ProcessExited.class::isInstance);
    }

    static Deciding lostLeftoversGone() {
        return overlooking(Event.LeftoversGone.class::isInstance);
    }

    static Deciding lostReadiness() {
        return overlooking(Event.BecameReady.class::isInstance);
    }

    static Deciding lostStart() {
        return overlookingSome(Event.ProcessStarted.class::isInstance);
    }

    static Deciding overlookedTime() {
        return overlooking(Event.TimePassed.class::isInstance);
    }

    /** Forgets to be woken when a backoff is over. */
    static Deciding backoffNeverWakes() {
        return deadlines(state -> {
            boolean resting = !state.backingOff().isEmpty();
            return resting ? OptionalLong.empty() : state.nextDeadline();
        });
    }

    /** Forgets to be woken when a grace period is over. */
    static Deciding graceNeverEnds() {
        return deadlines(state -> {
            for (TaskId id : state.active()) {
                if (state.task(id).state() instanceof TaskState.Stopping) {
                    return OptionalLong.empty();
                }
            }
            return state.nextDeadline();
        });
    }

    static Deciding wokenTooEarly() {
        return seeing(event ->
                event instanceof Event.ProcessStarted(var at, var id)
                        ? new Event.TimePassed(at + (id.number() > 1 ? 30 : 0))
                        : event);
    }

    /** Does not admit when something has ended: waits for the next event. */
    static Deciding noAdmissionAfterExit() {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            boolean exit = event instanceof Event.ProcessExited;
            boolean spawns = d.effects().stream().anyMatch(Effect.SpawnProcess.class::isInstance);
            if (!exit || !spawns) {
                return d;
            }
            State blind =
                    new State(
                            state.now(),
                            state.tasks(),
                            state.rules(),
                            state.queue(),
                            state.active(),
                            state.backingOff(),
                            state.adopting(),
                            state.dependents(),
                            Optional.empty(),
                            state.stress(),
                            state.tails());
            Decision held = Scheduler.decide(blind, event);
            State seeing = d.state().host().map(held.state()::withHost).orElse(held.state());
            return new Decision(seeing, held.effects(), held.reply(), held.news());
        };
    }

    static Deciding neverKilled() {
        return without(Effect.KillProcesses.class::isInstance);
    }

    static Deciding neverSignalled() {
        return without(e -> e instanceof Effect.SignalProcesses s && s.signal() == Signal.TERM);
    }

    static Deciding neverResumed() {
        return without(e -> e instanceof Effect.SignalProcesses s && s.signal() == Signal.CONT);
    }

    /** Kills at once instead of asking first. */
    static Deciding killedAtOnce() {
        return seeing(event ->
                event instanceof Event.StopRequested(var at, var ids, var _)
                        ? new Event.StopRequested(at, ids, true)
                        : event);
    }

    /** Takes news of an old attempt for news of the current one. */
    static Deciding lateNewsBelieved() {
        return (state, event) -> {
            Event taken = event;
            if (event instanceof Event.BecameReady(var at, var id)) {
                taken = new Event.BecameReady(at, current(state, id));
            } else if (event instanceof Event.ProcessStarted(var at, var id)) {
                taken = new Event.ProcessStarted(at, current(state, id));
            }
            return Scheduler.decide(state, taken);
        };
    }

    private static AttemptId current(State state, AttemptId id) {
        Task task = state.tasks().get(id.task());
        return task != null && task.state() instanceof TaskState.Active active
                ? active.attempt().id()
                : id;
    }

    static Deciding noFailFast() {
        return seeing(event ->
                event instanceof Event.TasksSubmitted(var at, var tasks, var l, var _, var how)
                        ? new Event.TasksSubmitted(at, tasks, l, false, how)
                        : event);
    }

    /** Wakes what nobody has asked for: a stopped task starts again when another one ends. */
    static Deciding revivesTheStopped() {
        Set<TaskId> revived = new HashSet<>();
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            State after = d.state();
            if (event instanceof Event.LeftoversGone || event instanceof Event.ProcessExited) {
                for (Task task : state.tasks().values()) {
                    if (task.state() instanceof TaskState.Ended
                            && task.needs().isEmpty()
                            && revived.add(task.id())) {
                        after = replaced(after, task.in(new TaskState.Blocked(after.now())));
                        break;
                    }
                }
            }
            return new Decision(after, d.effects(), d.reply(), d.news());
        };
    }

    /** Forgets a task in the queue when it is looked at the third time. */
    static Deciding lostFromTheQueue() {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            State after = d.state();
            if (after.queue().size() > 2) {
                var queue = after.queue().minus(after.queue().first());
                Task task = after.task(after.queue().first().id());
                after = after.withTask(task, queue, after.active(), after.backingOff());
            }
            return new Decision(after, d.effects(), d.reply(), d.news());
        };
    }
}
