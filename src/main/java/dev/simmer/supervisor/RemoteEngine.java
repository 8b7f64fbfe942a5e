package dev.simmer.supervisor;

import dev.simmer.model.Engine;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A supervisor's engine, seen from another process.
 *
 * <p>Where the connection is lost the last snapshot is published again with {@link
 * Snapshot#trouble} saying so, and the dialer is asked for another connection until there is one;
 * then it goes on by itself. Requests that were not answered are refused with words. Snapshots are
 * numbered by this engine, so that their versions go on growing. Listeners are called by this
 * engine's thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RemoteEngine implements Engine {
    /** Makes connections. */
    @FunctionalInterface
    public interface Dialer {
        /**
         * Connects, and may start a supervisor for it; called by the engine's thread, which waits.
         * {@link SupervisorStart#connect} is one.
         */
        SupervisorClient dial() throws SupervisorFailure;
    }

    /**
     * Begins to connect, and returns at once: until there is a connection the snapshot is {@link
     * Snapshot#EMPTY}, and requests wait.
     *
     * @param filter which tasks the snapshots have
     */
    public RemoteEngine(Dialer dialer, TaskFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Snapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(Consumer<Snapshot> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Reply> submit(Request request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
