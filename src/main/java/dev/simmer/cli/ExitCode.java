package dev.simmer.cli;

/** Exit codes that commands give themselves; a run's own are in {@code RunOutcome}. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;

    /** Wrong usage, a broken task file, or surroundings in which Simmer cannot work. */
    static final int USAGE = 2;

    private ExitCode() {}
}
