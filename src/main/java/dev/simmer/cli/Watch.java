package dev.simmer.cli;

import dev.simmer.model.Snapshot;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches tasks for as long as it takes: a supervisor that went away is started again, and takes up
 * its tasks. For one thread.
 */
final class Watch implements AutoCloseable {
    /** How often in a row the supervisor may go away before it has said anything. */
    private static final int MOST_LOSSES = 5;

    private final Supervisor supervisor;
    private final TaskFilter filter;
    private @Nullable Connection connection;
    private int losses;

    Watch(Supervisor supervisor, TaskFilter filter) {
        this.supervisor = supervisor;
        this.filter = filter;
    }

    /** Waits for the next state. */
    Snapshot next() throws CommandRefused, SupervisorFailure {
        while (true) {
            try {
                Snapshot snapshot = connected().next();
                losses = 0;
                return snapshot;
            } catch (SupervisorFailure e) {
                lost(e);
            }
        }
    }

    /** Waits for the next state, for a limited time. */
    Optional<Snapshot> next(Duration limit) throws CommandRefused, SupervisorFailure {
        while (true) {
            try {
                Optional<Snapshot> snapshot = connected().next(limit);
                if (snapshot.isPresent()) {
                    losses = 0;
                }
                return snapshot;
            } catch (SupervisorFailure e) {
                lost(e);
            }
        }
    }

    private Connection connected() throws CommandRefused, SupervisorFailure {
        Connection open = connection;
        if (open == null) {
            open = supervisor.connect();
            connection = open;
            open.watch(filter);
        }
        return open;
    }

    private void lost(SupervisorFailure failure) throws SupervisorFailure {
        close();
        if (failure.kind() != SupervisorFailure.Kind.NOT_RUNNING || ++losses > MOST_LOSSES) {
            throw failure;
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
