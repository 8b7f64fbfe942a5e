package dev.simmer.tui.model;

/**
 * Answers what dialogs ask of files, programs and definitions. Slow, so nothing but the thread that
 * is there for it asks.
 */
@FunctionalInterface
public interface Lookups {
    /** Where nothing is known of anything. */
    Lookups NONE = inquiry -> new Findings.Nothing(inquiry);

    /** The answer; never throws for what lies on the disk. */
    Findings find(Inquiry inquiry);
}
