package dev.simmer.supervisor;

/**
 * How a supervisor tells whoever started it that it is up: a line on its standard output, which
 * leads nowhere afterwards.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class StartSignal {
    private StartSignal() {}

    /** It listens. Standard output is closed. */
    public static void ready() {
        throw new UnsupportedOperationException();
    }

    /**
     * It does not come up. Standard output is closed; the process is to end now.
     *
     * @param words why, for people; one line
     */
    public static void failed(String words) {
        throw new UnsupportedOperationException();
    }
}
