package dev.simmer.supervisor;

import java.time.Duration;

/**
 * The right to be a home's supervisor: a lock on a file, which goes with the process that holds it.
 * Taken before the home's store is opened.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class HomeLock implements AutoCloseable {
    private HomeLock() {}

    /**
     * Takes the lock, and makes the home (mode 0700) where it is missing.
     *
     * @param limit how long to wait for a supervisor that is about to end
     * @throws SupervisorFailure of the kind ALREADY_RUNNING where one answers or does not end;
     *     UNUSABLE where the home is not writable or another user's
     */
    public static HomeLock claim(SupervisorFiles files, Duration limit) throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /** Where the supervisor is met. */
    public SupervisorFiles files() {
        throw new UnsupportedOperationException();
    }

    /** Gives the right up. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
