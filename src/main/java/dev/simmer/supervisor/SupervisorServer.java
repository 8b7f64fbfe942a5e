package dev.simmer.supervisor;

import dev.simmer.model.Engine;

/**
 * Serves an engine to the clients of a home, over a Unix domain socket; docs/PROTOCOL.md describes
 * the wire.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SupervisorServer implements AutoCloseable {
    private SupervisorServer() {}

    /**
     * Begins to listen.
     *
     * @param home held until the server is closed; the caller gives it up after the store
     * @param engine closed by the caller, after the server
     * @throws SupervisorFailure where the socket's folder cannot be used
     */
    public static SupervisorServer open(HomeLock home, Engine engine, ServerSetup setup)
            throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /**
     * Serves until a client asks for the end, nothing has gone on for long enough, or {@link
     * #close} is called. From now on nobody new gets in; those who are connected see the end when
     * the process ends, or at {@link #close}. The caller closes the engine and the store, and ends
     * the process.
     */
    public void serve() {
        throw new UnsupportedOperationException();
    }

    /** Ends {@link #serve} and all connections. Safe for all threads. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
