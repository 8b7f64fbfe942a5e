package dev.simmer.model;

import java.util.Locale;

/** What sort of thing a task is. */
public enum Kind {
    /** Ends by itself. */
    JOB,
    /** Runs until it is stopped. */
    SERVICE,
    /** A job that runs an AI agent. */
    AGENT;

    /** The word that files, tables and JSON use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a task of this kind is expected to end by itself. */
    public boolean endsByItself() {
        return this != SERVICE;
    }
}
