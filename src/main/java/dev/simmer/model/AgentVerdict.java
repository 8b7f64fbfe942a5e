package dev.simmer.model;

import java.util.Locale;

/** What is thought of an agent's run, in one word. */
public enum AgentVerdict {
    COMPLETED,
    /** Completed, but tools that the agent called were refused. */
    COMPLETED_WITH_DENIALS,
    /** It ended in order, with something done, but short of the whole. */
    PARTIAL,
    FAILED;

    /** As it stands in JSON and reports: {@code completed-with-denials}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the run counts as a success. */
    public boolean good() {
        return this == COMPLETED || this == COMPLETED_WITH_DENIALS;
    }
}
