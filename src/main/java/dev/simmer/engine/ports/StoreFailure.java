package dev.simmer.engine.ports;

/** Something could not be saved or read; the message says what, where, and what to do. */
public final class StoreFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** With the words for the user. */
    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
