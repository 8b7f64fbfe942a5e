package dev.simmer.cli;

import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.SupervisorStatus;
import dev.simmer.supervisor.TaskFilter;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection to the supervisor, as {@link dev.simmer.supervisor.SupervisorClient} describes it.
 * For one thread.
 */
interface Connection extends AutoCloseable {
    /** Asks for something. */
    Reply submit(Request request) throws SupervisorFailure;

    /** What there is to see of the tasks that the filter lets through. */
    Snapshot snapshot(TaskFilter filter) throws SupervisorFailure;

    /** How the supervisor is. */
    SupervisorStatus status() throws SupervisorFailure;

    /** Ends the supervisor, and returns when it is gone. */
    void shutdown() throws SupervisorFailure;

    /** Begins to watch; nothing but {@link #next} can be asked afterwards. */
    void watch(TaskFilter filter) throws SupervisorFailure;

    /** Waits for the next state of what is watched. */
    Snapshot next() throws SupervisorFailure;

    /** Waits for the next state of what is watched, for a limited time. */
    Optional<Snapshot> next(Duration limit) throws SupervisorFailure;

    @Override
    void close();
}
