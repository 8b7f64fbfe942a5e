package dev.simmer.cli;

import dev.simmer.supervisor.SupervisorFailure;
import java.util.Optional;

/**
 * The way to the process that owns the tasks of this user's home. Nothing happens before a call.
 */
interface Supervisor {
    /** Connects; starts it where none runs. */
    Connection connect() throws CommandRefused, SupervisorFailure;

    /**
     * Connects in order to look at tasks: starts it only where the home has any.
     *
     * @return empty where there is nothing to look at
     */
    Optional<Connection> look() throws CommandRefused, SupervisorFailure;

    /** Connects where one runs, and never starts one. */
    Optional<Connection> find() throws CommandRefused, SupervisorFailure;
}
