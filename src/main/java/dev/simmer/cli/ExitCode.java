package dev.simmer.cli;

/** Exit codes that commands give themselves; a run's own are in {@code RunOutcome}. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;

    /** Wrong usage, a broken task file, or surroundings in which Simmer cannot work. */
    static final int USAGE = 2;

    /** A task that was named does not exist. */
    static final int NO_SUCH_TASK = 3;

    /** The supervisor cannot be reached, or started. */
    static final int NO_SUPERVISOR = 4;

    /** A time limit ran out. */
    static final int TIMED_OUT = 124;

    /** SIGINT. */
    static final int INTERRUPTED = 130;

    /** Standard output was closed by its reader (128 and SIGPIPE). */
    static final int OUTPUT_CLOSED = 141;

    private ExitCode() {}
}
