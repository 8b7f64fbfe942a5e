package dev.simmer.model;

/**
 * Why an attempt could not be started.
 *
 * @param cause the sort of failure
 * @param text what happened, where, and what to do; may quote what the user wrote
 */
public record StartFailure(Cause cause, String text) {
    /** Sorts of failure. */
    public enum Cause {
        NO_SUCH_COMMAND,
        NO_SUCH_FOLDER,
        NO_PERMISSION,
        ARGUMENTS_TOO_LONG,
        DISK_FULL,
        NO_RESOURCES,
        OTHER
    }
}
