package dev.simmer.scheduler;

import static dev.simmer.scheduler.Witness.hold;

import dev.simmer.model.AttemptId;
import dev.simmer.model.Readiness;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of going on after a crash, worked out from a witness's own books. */
final class Adoptions {
    private final Witness witness;

    /** Attempts that have not been found again. */
    private final Set<AttemptId> awaited = new TreeSet<>();

    /** When the last of them was found. */
    private long foundAt;

    // What the decision that is looked at must do again.
    private @Nullable AttemptId answered;
    private final List<Signal> signals = new ArrayList<>();
    private boolean kill;
    private boolean probe;

    Adoptions(Witness witness) {
        this.witness = witness;
    }

    Adoptions(Witness witness, Adoptions other) {
        this.witness = witness;
        awaited.addAll(other.awaited);
        foundAt = other.foundAt;
    }

    boolean awaits(AttemptId id) {
        return awaited.contains(id);
    }

    boolean none() {
        return awaited.isEmpty();
    }

    /** Since when deadlines have been told again. */
    long foundAt() {
        return foundAt;
    }

    /** A state that was recovered is the one that was saved. */
    void recovered(State saved, Decision decision) {
        State now = decision.state();
        hold(
                now.tasks().keySet().equals(saved.tasks().keySet())
                        && now.rules().equals(saved.rules()),
                Rule.RECOVERS,
                "%s and %s became %s and %s",
                saved.tasks().keySet(),
                saved.rules(),
                now.tasks().keySet(),
                now.rules());
        awaited.clear();
        for (Task task : now.tasks().values()) {
            hold(
                    Disk.same(task, saved.task(task.id())),
                    Rule.RECOVERS,
                    "%s became %s",
                    saved.task(task.id()),
                    task);
            if (task.state() instanceof TaskState.Active active) {
                awaited.add(active.attempt().id());
                Life life = witness.active.get(active.attempt().id());
                if (life != null) {
                    life.rssBytes = active.attempt().rssBytes();
                    life.peakBytes = active.attempt().peakRssBytes();
                }
            }
        }
        List<Effect> wanted = new ArrayList<>();
        for (AttemptId id : awaited) {
            wanted.add(new Effect.AdoptProcess(id, now.task(id.task()).spec()));
        }
        hold(
                decision.effects().equals(wanted),
                Rule.ADOPTS,
                "%s are to be found, not %s",
                awaited,
                decision.effects());
        foundAt = witness.now;
    }

    /** Takes an answer down: what may not have been done must be done again. */
    void note(Event event) {
        if (!awaited.isEmpty()) {
            foundAt = witness.now;
        }
        answered = null;
        signals.clear();
        kill = false;
        probe = false;
        switch (event) {
            case Event.Adopted(long _, AttemptId id) -> found(id, true);
            case Event.ProcessExited exited -> found(exited.attempt(), exited.leftovers() > 0);
            case Event.NeverBegan never -> found(never.attempt(), false);
            case Event.StartFailed failed -> found(failed.attempt(), false);
            default -> {}
        }
        if (event instanceof Event.Adopted && answered != null) {
            Life life = witness.active.get(answered);
            probe =
                    life != null
                            && life.readyAt == Life.NEVER
                            && life.stopAt == Life.NEVER
                            && life.of.task.spec().ready().isPresent();
        }
    }

    private void found(AttemptId id, boolean lives) {
        Life life = witness.active.get(id);
        if (!awaited.remove(id) || life == null) {
            return;
        }
        answered = id;
        if (lives) {
            signals.addAll(life.owed);
            kill = life.killed;
        }
    }

    /** Whether an effect is one that was decided on before the crash. */
    boolean again(Effect effect) {
        return switch (effect) {
            case Effect.SignalProcesses(AttemptId id, Signal signal) -> {
                boolean owed = id.equals(answered) && !signals.isEmpty();
                hold(
                        !owed || signals.getFirst() == signal,
                        Rule.OWED,
                        "%s gets %s before %s",
                        id,
                        signal,
                        signals);
                if (owed) {
                    signals.removeFirst();
                }
                yield owed;
            }
            case Effect.KillProcesses(AttemptId id) -> {
                boolean owed = id.equals(answered) && kill;
                kill &= !owed;
                yield owed;
            }
            case Effect.ProbeReadiness(AttemptId id, var _) -> {
                probe &= !id.equals(answered);
                yield false;
            }
            case Effect.SpawnProcess _,
                    Effect.AdoptProcess _,
                    Effect.ReleaseAttempt _,
                    Effect.DiscardTask _,
                    Effect.Record _,
                    Effect.SampleHost _ ->
                    false;
        };
    }

    /** All that had to be done again has been, and nothing else while attempts are awaited. */
    void check(State before, Event event, Decision decision) {
        hold(signals.isEmpty(), Rule.OWED, "%s is not sent %s", String.valueOf(answered), signals);
        hold(!kill, Rule.OWED, "%s is not killed", String.valueOf(answered));
        hold(!probe, Rule.ADOPTS, "nobody looks whether %s is ready", String.valueOf(answered));
        if (awaited.isEmpty() && decision.state().adopting().isEmpty()) {
            return;
        }
        Set<TaskId> ids = new TreeSet<>();
        awaited.forEach(id -> ids.add(id.task()));
        hold(
                decision.state().adopting().equals(ids),
                Rule.ADOPTS,
                "%s are awaited, not %s",
                ids,
                decision.state().adopting());
        hold(
                awaited.isEmpty()
                        || !(event instanceof Event.TimePassed)
                        || decision.news().tasks().isEmpty(),
                Rule.ADOPTS,
                "time limits run out while %s are awaited",
                awaited);
        for (TaskId id : decision.news().tasks()) {
            decided(before.tasks().get(id), decision.state().tasks().get(id));
        }
    }

    /** What is decided on an attempt that is awaited shows in its state alone. */
    private void decided(@Nullable Task was, @Nullable Task is) {
        if (is == null
                || !(is.state() instanceof TaskState.Active active)
                || !awaited.contains(active.attempt().id())) {
            return;
        }
        Life life = witness.active.get(active.attempt().id());
        if (life == null) {
            return;
        }
        List<Signal> owed = active.attempt().owed();
        int known =
                was != null && was.state() instanceof TaskState.Active before
                        ? before.attempt().owed().size()
                        : 0;
        for (Signal signal : owed.subList(Math.min(known, owed.size()), owed.size())) {
            witness.signalled(life, signal);
        }
        if (active instanceof TaskState.Stopping stopping && stopping.killed() && !life.killed) {
            witness.killed(life);
        }
    }

    /** How much longer than the rule says it may take to become ready, as nobody looked. */
    static long readyShift(Life life, long now) {
        Optional<Readiness> ready = life.of.task.spec().ready();
        long limit = life.limitAt(ready.map(Readiness::timeout));
        if (limit == Life.NEVER || life.readyAt != Life.NEVER || life.stopAt != Life.NEVER) {
            return 0;
        }
        long least = now + Math.min(ready.get().timeout().toMillis(), 10_000);
        return Math.max(0, least - limit - life.readyShift);
    }
}
