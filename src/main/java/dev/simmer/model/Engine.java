package dev.simmer.model;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What every face sees of Simmer: one immutable snapshot, and requests. Safe for all threads. */
public interface Engine extends AutoCloseable {
    /** The newest snapshot; never blocks. */
    Snapshot snapshot();

    /**
     * Hands every new snapshot to the listener, beginning with the newest one. Bursts coalesce:
     * states in between may be left out, the last one never is.
     *
     * @param listener called by the engine's thread; must return quickly and not throw
     * @return close it to end the subscription
     */
    Subscription subscribe(Consumer<Snapshot> listener);

    /**
     * Asks for something.
     *
     * @return completed once the engine has decided, which is before a process has started or ended
     */
    CompletableFuture<Reply> submit(Request request);

    /** Somebody wants an engine to go on that rests, as {@link Snapshot#STOPPED} says. */
    default void wake() {}

    /** Ends the engine's threads. Tasks that run go on running. */
    @Override
    void close();

    /** A listener's registration. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
