package dev.simmer.cli;

import dev.simmer.model.Engine;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An engine that looks at what is to be spawned before another one does. */
abstract class SpawningEngine implements Engine {
    private final Engine engine;

    /**
     * @param engine closed with this one
     */
    SpawningEngine(Engine engine) {
        this.engine = engine;
    }

    /**
     * What is spawned in a request's place.
     *
     * @throws CommandRefused where nothing is to be: its words are the reply
     */
    abstract Request.Spawn instead(Request.Spawn spawn) throws CommandRefused;

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
        if (!(request instanceof Request.Spawn spawn)) {
            return engine.submit(request);
        }
        try {
            return engine.submit(instead(spawn));
        } catch (CommandRefused e) {
            return CompletableFuture.completedFuture(new Reply.Refused(e.why()));
        }
    }

    @Override
    public void wake() {
        engine.wake();
    }

    @Override
    public void close() {
        engine.close();
    }
}
