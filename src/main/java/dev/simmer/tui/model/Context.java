package dev.simmer.tui.model;

/** Where keys go; each binding says in which of these it works. */
public enum Context {
    /** The table has the keys. */
    TABLE,
    /** The log has the keys. */
    LOG,
    /** A line is being typed. */
    PROMPT,
    /** A question waits for y or n. */
    QUESTION,
    /** The help is shown. */
    HELP,
    /** It is shown why a task is in its state. */
    EXPLANATION,
    /** Tasks are being stopped before the dashboard closes. */
    LEAVING
}
