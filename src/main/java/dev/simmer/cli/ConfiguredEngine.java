package dev.simmer.cli;

import dev.simmer.model.Engine;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An engine whose tasks have the user's log limit where they set none of their own. */
final class ConfiguredEngine implements Engine {
    private final Engine engine;
    private final LogLimit limit;

    /**
     * @param engine closed with this one
     */
    ConfiguredEngine(Engine engine, LogLimit limit) {
        this.engine = engine;
        this.limit = limit;
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
        return engine.submit(
                request instanceof Request.Spawn spawn && !limit.equals(LogLimit.DEFAULT)
                        ? limited(spawn)
                        : request);
    }

    private Request limited(Request.Spawn spawn) {
        List<TaskSpec> tasks = new ArrayList<>();
        for (TaskSpec task : spawn.tasks()) {
            tasks.add(
                    task.logLimit().equals(LogLimit.DEFAULT)
                            ? task.edit().logLimit(limit).build()
                            : task);
        }
        return new Request.Spawn(tasks, spawn.limits(), spawn.failFast(), spawn.existing());
    }

    @Override
    public void close() {
        engine.close();
    }
}
