package dev.simmer.process;

/** One probe at work. Safe for all threads. */
interface Probing extends AutoCloseable {
    /** Begins looking; at most once. Returns at once. */
    void start();

    /** Ends looking, wherever it is; it does not pass after this. */
    @Override
    void close();
}
