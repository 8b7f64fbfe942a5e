package dev.simmer.cli;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Engine;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An engine that agents can be asked of by what somebody wants: they are planned on their way to
 * it, on the thread that asks.
 */
final class PlanningEngine implements Engine {
    private final Engine engine;
    private final CallerEnvironment caller;
    private final Consumer<String> notes;

    /**
     * @param engine closed with this one
     * @param caller who asks
     * @param notes is told what somebody should know of a planned agent, in words
     */
    PlanningEngine(Engine engine, CallerEnvironment caller, Consumer<String> notes) {
        this.engine = engine;
        this.caller = caller;
        this.notes = notes;
    }

    @Override
    public Snapshot snapshot() {
        return engine.snapshot();
    }

    @Override
    public Subscription subscribe(Consumer<Snapshot> listener) {
        return engine.subscribe(listener);
    }

    @Override
    public CompletableFuture<Reply> submit(Request request) {
        if (!(request instanceof Request.Spawn spawn)
                || spawn.tasks().stream().noneMatch(AgentPlans::isOrdered)) {
            return engine.submit(request);
        }
        AgentPlans.Made made;
        try {
            made = new AgentPlans(caller).all(spawn.tasks());
        } catch (CommandRefused e) {
            return CompletableFuture.completedFuture(new Reply.Refused(e.why()));
        }
        made.notes().forEach(notes);
        return engine.submit(
                new Request.Spawn(
                        made.tasks(), spawn.limits(), spawn.failFast(), spawn.existing()));
    }

    @Override
    public void close() {
        engine.close();
    }
}
