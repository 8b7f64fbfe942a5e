package dev.simmer.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds a home's supervisor, or starts it. Safe for all threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class SupervisorStart {
    /** How long a supervisor may take to come up where nothing else is said. */
    public static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    /**
     * @param files where it is met
     * @param version this client's version; an older supervisor is replaced
     * @param command what runs a supervisor of this version in the foreground, such as {@code java
     *     -cp ... dev.simmer.cli.Main supervisor run}; it tells by {@link StartSignal} that it is
     *     up
     * @param limit how long it may take to come up
     */
    public SupervisorStart(
            SupervisorFiles files, String version, List<String> command, Duration limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * Connects to the supervisor; starts it where none runs, and replaces one that is older than
     * this client (its tasks go on). Several callers at once, also in several processes, end up
     * with the same one.
     *
     * @throws SupervisorFailure where none comes up, or what answers cannot be used
     */
    public SupervisorClient connect() throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }

    /**
     * Connects to the supervisor where one runs; starts and replaces none.
     *
     * @return empty where none runs
     */
    public Optional<SupervisorClient> find() throws SupervisorFailure {
        throw new UnsupportedOperationException();
    }
}
