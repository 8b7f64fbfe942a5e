package dev.simmer.cli;

import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;

/** A command. */
interface Verb {
    /** What words it takes. */
    Usage usage();

    /**
     * Carries it out.
     *
     * @return the exit code
     * @throws CommandRefused where it cannot be carried out
     * @throws SupervisorFailure where the supervisor cannot be asked
     * @throws IOException where standard output cannot be written
     */
    int run(Call call) throws CommandRefused, SupervisorFailure, IOException, InterruptedException;
}
