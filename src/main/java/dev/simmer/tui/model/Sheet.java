package dev.simmer.tui.model;

/** What the log pane shows of the selected task. */
public enum Sheet {
    /** What people read: an agent's transcript, any other task's output. */
    OUTPUT,
    /** The stream of events that an agent's program printed, as it is. */
    RAW,
    /** What an isolated agent has changed. */
    DIFF,
    /** An agent's report. */
    REPORT,
    /** The logs of several tasks as one. */
    MERGED;

    /** What people call it. */
    public String words() {
        return switch (this) {
            case OUTPUT -> "the log";
            case RAW -> "the raw stream";
            case DIFF -> "the diff";
            case REPORT -> "the report";
            case MERGED -> "the merged log";
        };
    }

    /** Whether it is read from its beginning, since it does not grow. */
    public boolean fromTop() {
        return this == DIFF || this == REPORT;
    }
}
