package dev.simmer.supervisor;

/**
 * Something between a client and its supervisor that did not work; the message is for people and
 * says what happened, where, and what to do.
 */
public final class SupervisorFailure extends Exception {
    private final Kind kind;

    /**
     * @param kind what sort of failure it is
     * @param words for people; ends without a full stop
     */
    public SupervisorFailure(Kind kind, String words) {
        super(words);
        this.kind = kind;
    }

    /** What sort of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The message, which is never missing. */
    public String words() {
        return String.valueOf(getMessage());
    }

    /** Sorts of failures. */
    public enum Kind {
        /** No supervisor runs, or it went away before it answered. */
        NOT_RUNNING,
        /** It was started and did not come up. */
        DID_NOT_START,
        /** A supervisor has this home already. */
        ALREADY_RUNNING,
        /** What answers is another user's, or has another home. */
        NOT_OURS,
        /** It speaks another version of the protocol. */
        OTHER_PROTOCOL,
        /** It understood the request and refused it as wrong. */
        REFUSED,
        /** A folder, a socket or a file is not as it must be. */
        UNUSABLE
    }
}
