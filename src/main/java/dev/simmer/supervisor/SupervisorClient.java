package dev.simmer.supervisor;

import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection to a supervisor for a command that asks one thing after the other: no thread, no
 * pool. Calls block until the answer is there; there is no time limit, since a supervisor that is
 * busy is not dead, and one that died closes the connection. For one thread. {@link
 * SupervisorStart} makes connections.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SupervisorClient implements AutoCloseable {
    private SupervisorClient() {}

    /** What the supervisor said of itself when this client connected. */
    public Hello hello() {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks for something. A snapshot that is asked for afterwards knows the tasks that a spawn has
     * made.
     *
     * @throws SupervisorFailure where the supervisor went away first, or found the request wrong
     */
    public Reply submit(Request request) throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /** What there is to see now of the tasks that the filter lets through. */
    public Snapshot snapshot(TaskFilter filter) throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /** How the supervisor is. */
    public SupervisorStatus status() throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /** Ends the supervisor, and returns when it is gone. Its tasks go on. */
    public void shutdown() throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins to watch these tasks: {@link #next} gives their state now, and then each newer one.
     * Once in a connection's life; nothing else can be asked afterwards.
     */
    public void watch(TaskFilter filter) throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits for the next state of what is watched. States in between may be left out, the last one
     * never is.
     *
     * @throws SupervisorFailure where the supervisor went away: connect and watch again
     */
    public Snapshot next() throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /**
     * As {@link #next()}, for a limited time.
     *
     * @param limit zero: does not wait
     * @return empty where nothing came in time
     */
    public Optional<Snapshot> next(Duration limit) throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
