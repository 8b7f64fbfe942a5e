package dev.simmer.cli;

/** Be the supervisor. */
@SuppressWarnings("DoNotCallSuggester")
final class SupervisorProcess {
    private SupervisorProcess() {}

    static int run(Surroundings around) throws CommandRefused {
        throw CommandRefused.usage("not built yet: " + around.folder());
    }
}
