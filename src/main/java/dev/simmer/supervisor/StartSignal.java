package dev.simmer.supervisor;

/**
 * How a supervisor tells whoever started it that it is up: a line on its standard output, which
 * leads nowhere afterwards.
 */
public final class StartSignal {
    static final String READY = "ready";
    static final String RUNNING = "running";
    static final String FAILED = "failed: ";

    private StartSignal() {}

    /** It listens. Standard output is closed. */
    public static void ready() {
        tell(READY);
    }

    /** It does not come up. Standard output is closed; the process is to end now. */
    public static void failed(SupervisorFailure failure) {
        if (failure.kind() == SupervisorFailure.Kind.ALREADY_RUNNING) {
            tell(RUNNING);
        } else {
            failed(failure.words());
        }
    }

    /**
     * It does not come up. Standard output is closed; the process is to end now.
     *
     * @param words why, for people
     */
    public static void failed(String words) {
        tell(FAILED + words.replaceAll("\\R", " "));
    }

    /** Closing makes the descriptor lead to /dev/null: nothing else may get its number. */
    private static void tell(String line) {
        System.out.println(line);
        System.out.close();
    }
}
