package dev.simmer.cli;

import dev.simmer.model.Engine;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Request;
import dev.simmer.model.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/** An engine whose tasks have the user's log limit where they set none of their own. */
final class ConfiguredEngine extends SpawningEngine {
    private final LogLimit limit;

    /**
     * @param engine closed with this one
     */
    ConfiguredEngine(Engine engine, LogLimit limit) {
        super(engine);
        this.limit = limit;
    }

    @Override
    Request.Spawn instead(Request.Spawn spawn) {
        if (limit.equals(LogLimit.DEFAULT)) {
            return spawn;
        }
        List<TaskSpec> tasks = new ArrayList<>();
        for (TaskSpec task : spawn.tasks()) {
            tasks.add(
                    task.logLimit().equals(LogLimit.DEFAULT)
                            ? task.edit().logLimit(limit).build()
                            : task);
        }
        return new Request.Spawn(tasks, spawn.limits(), spawn.failFast(), spawn.existing());
    }
}
