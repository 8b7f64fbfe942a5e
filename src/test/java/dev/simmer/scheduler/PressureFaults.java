package dev.simmer.scheduler;

import dev.simmer.model.TaskId;
import java.util.function.UnaryOperator;

/** Schedulers with a fault planted in what they do when memory is short. */
final class PressureFaults {
    private PressureFaults() {}

    private static Deciding evictable(boolean all) {
        return Faults.taking(
                task ->
                        new Event.NewTask(
                                task.id(),
                                task.spec().edit().evictable(all).build(),
                                task.expected()),
                limits -> limits);
    }

    static Deciding touchesServices() {
        return evictable(true);
    }

    static Deciding touchesNobody() {
        return evictable(false);
    }

    /** Remembers other things than it has seen. */
    private static Deciding remembering(UnaryOperator<Stress> otherwise) {
        return (state, event) ->
                Scheduler.decide(state.withStress(otherwise.apply(state.stress())), event);
    }

    /** Overlooks that memory is short when something else happens than a look at the host. */
    static Deciding heavyAtAllTimes() {
        return (state, event) -> {
            if (event instanceof Event.HostSampled) {
                return Scheduler.decide(state, event);
            }
            Decision d = Scheduler.decide(state.withStress(Stress.NONE), event);
            return new Decision(
                    d.state().withStress(state.stress()), d.effects(), d.reply(), d.news());
        };
    }

    /** Lets nobody go on, as one has just done. */
    static Deciding neverGoesOn() {
        return remembering(was -> was.resumed(Long.MAX_VALUE / 4));
    }

    /** Takes each step as if the last had been long ago, and it had become worse since. */
    static Deciding forgetsItsLastStep() {
        return remembering(was -> was.paused(Stress.NEVER).with(Long.MAX_VALUE / 4));
    }

    /** Expects of those that have outgrown their estimates what it did before. */
    static Deciding expectsNoMore() {
        return (state, event) -> {
            Decision d = Scheduler.decide(state, event);
            State after = d.state();
            if (event instanceof Event.HostSampled) {
                for (TaskId id : after.active()) {
                    Task task = after.task(id).expecting(state.task(id).expected());
                    after = after.withTask(task, after.queue(), after.active(), after.backingOff());
                }
            }
            return new Decision(after, d.effects(), d.reply(), d.news());
        };
    }

    /** Overlooks whoever has waited for long. */
    static Deciding keepsNoRoom() {
        return (state, event) -> {
            State.QueueKey first = null;
            for (State.QueueKey key : state.queue()) {
                if (first == null && Admissions.overdue(state.task(key.id()), state)) {
                    first = key;
                }
            }
            if (first == null || !(event instanceof Event.TasksSubmitted)) {
                return Scheduler.decide(state, event);
            }
            Task task = state.task(first.id());
            State blind =
                    state.withTask(
                            task, state.queue().minus(first), state.active(), state.backingOff());
            Decision d = Scheduler.decide(blind, event);
            State after = d.state();
            Task is = after.tasks().get(first.id());
            return is == null || !is.equals(task)
                    ? Scheduler.decide(state, event)
                    : new Decision(
                            after.withTask(
                                    is,
                                    after.queue().plus(first),
                                    after.active(),
                                    after.backingOff()),
                            d.effects(),
                            d.reply(),
                            d.news());
        };
    }
}
