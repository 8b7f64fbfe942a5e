package dev.simmer.engine;

import dev.simmer.model.Reply;
import dev.simmer.model.TaskId;
import dev.simmer.scheduler.Decision;
import dev.simmer.scheduler.Effect;
import dev.simmer.scheduler.Event;
import dev.simmer.scheduler.Scheduler;
import dev.simmer.scheduler.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is decided before the next save. Nothing of it has been done yet and nobody has been
 * answered, so requests can be taken back where it cannot be saved. For one thread.
 */
final class Turn {
    private State begun = State.EMPTY;
    private State state = State.EMPTY;
    private final List<Decided> decided = new ArrayList<>();

    private record Decided(
            Event event, Decision decision, @Nullable CompletableFuture<Reply> asker) {}

    /** The state after all that has been decided. */
    State state() {
        return state;
    }

    /** The state that the turn began with. */
    State begun() {
        return begun;
    }

    boolean isEmpty() {
        return decided.isEmpty();
    }

    void decide(Event event, @Nullable CompletableFuture<Reply> asker) {
        Decision decision = Scheduler.decide(state, event);
        state = decision.state();
        decided.add(new Decided(event, decision, asker));
    }

    /** Decides anew as if nobody had asked for anything but stops, and refuses what was asked. */
    void takeBack(Reply.Refused refusal) {
        if (decided.stream().noneMatch(Turn::refusable)) {
            return;
        }
        List<Decided> all = List.copyOf(decided);
        decided.clear();
        state = begun;
        for (Decided each : all) {
            if (each.asker() != null && refusable(each)) {
                each.asker().complete(refusal);
            } else {
                decide(each.event(), each.asker());
            }
        }
    }

    private static boolean refusable(Decided each) {
        return each.asker() != null && !(each.event() instanceof Event.StopRequested);
    }

    void noteIn(Journal journal) {
        decided.forEach(each -> journal.note(each.decision().news()));
    }

    /** The tasks that are new or have changed. */
    Set<TaskId> changed() {
        Set<TaskId> changed = new TreeSet<>();
        decided.forEach(each -> changed.addAll(each.decision().news().tasks()));
        return changed;
    }

    /** Everything that is to be done, in its order. */
    List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        decided.forEach(each -> effects.addAll(each.decision().effects()));
        return effects;
    }

    /** Whether somebody waits for an answer. */
    boolean isAsked() {
        return decided.stream().anyMatch(each -> each.asker() != null);
    }

    /** Answers those who asked, and begins the next turn. */
    void end() {
        for (Decided each : decided) {
            if (each.asker() != null) {
                each.asker()
                        .complete(
                                each.decision()
                                        .reply()
                                        .orElseThrow(() ->
                                                new IllegalStateException(
                                                        "no reply to " + each.event())));
            }
        }
        decided.clear();
        begun = state;
    }
}
