package dev.simmer.agent;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets work that takes memory be done by few at once: a supervisor has a small heap and many
 * agents, which may all come to the same place together.
 */
final class Gate {
    /** Looking into long lines: some MiB each. */
    static final Gate LINES = new Gate(1);

    /** Settling, with what git says twice and a diff: a few MiB each. */
    static final Gate SETTLING = new Gate(3);

    private final Semaphore places;

    private Gate(int places) {
        this.places = new Semaphore(places, true);
    }

    /** Does it when it is its turn. Must not be called within itself. */
    <T> T through(Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
