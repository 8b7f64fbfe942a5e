package dev.simmer.model;

import java.util.Locale;

/**
 * A dependency on another task of the same workspace.
 *
 * @param task the other task's name
 * @param condition what must be true of it first
 */
public record Need(String task, Condition condition) {
    /** What must be true of the task that is needed. */
    public enum Condition {
        /** It ended well. */
        SUCCEEDED,
        /** It ended, in whatever way. */
        FINISHED,
        /** A process of it has been started. */
        STARTED,
        /** Its readiness check has passed; for a task with none the same as {@link #STARTED}. */
        READY;

        /** The word that the task file uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
