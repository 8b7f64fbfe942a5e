package dev.simmer.cli;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Engine;
import dev.simmer.model.Request;
import java.util.function.Consumer;

/**
 * An engine that agents can be asked of by what somebody wants: they are planned on their way to
 * it, on the thread that asks.
 */
final class PlanningEngine extends SpawningEngine {
    private final CallerEnvironment caller;
    private final Consumer<String> notes;

    /**
     * @param engine closed with this one
     * @param caller who asks
     * @param notes is told what somebody should know of a planned agent, in words
     */
    PlanningEngine(Engine engine, CallerEnvironment caller, Consumer<String> notes) {
        super(engine);
        this.caller = caller;
        this.notes = notes;
    }

    @Override
    Request.Spawn instead(Request.Spawn spawn) throws CommandRefused {
        if (spawn.tasks().stream().noneMatch(AgentPlans::isOrdered)) {
            return spawn;
        }
        AgentPlans.Made made = new AgentPlans(caller).all(spawn.tasks());
        made.notes().forEach(notes);
        return new Request.Spawn(made.tasks(), spawn.limits(), spawn.failFast(), spawn.existing());
    }
}
