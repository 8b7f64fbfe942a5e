package dev.simmer.supervisor;

/** Names and numbers of the wire; docs/PROTOCOL.md describes them. */
final class Protocol {
    /** Grows when a client and a supervisor could misunderstand each other. */
    static final int VERSION = 1;

    static final String HELLO = "hello";
    static final String SNAPSHOT = "snapshot";
    static final String SUBSCRIBE = "subscribe";
    static final String UNSUBSCRIBE = "unsubscribe";
    static final String STATUS = "status";
    static final String SHUTDOWN = "shutdown";

    /** The notification of a subscription. */
    static final String CHANGES = "changes";

    /** The member of {@link #CHANGES} that tells a supervisor's end. */
    static final String ENDING = "ending";

    private Protocol() {}
}
