package dev.simmer.model;

import java.util.Locale;

/** A task's state in one word, as tables and JSON show it. */
public enum Phase {
    WAITING,
    STARTING,
    RUNNING,
    READY,
    PAUSED,
    STOPPING,
    BACKOFF,
    SUCCEEDED,
    FAILED,
    KILLED,
    TIMED_OUT,
    SKIPPED,
    LOST;

    /** The word that tables and JSON use, such as {@code timed-out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the task has ended and will not go on unless somebody says so. */
    public boolean ended() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /** Whether a process of the task lives, or is about to. */
    public boolean active() {
        return compareTo(STARTING) >= 0 && compareTo(STOPPING) <= 0;
    }

    /** Whether the task ended in a way that makes a run fail. */
    public boolean failed() {
        return this == FAILED || this == TIMED_OUT || this == LOST;
    }
}
