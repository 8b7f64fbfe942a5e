package dev.simmer.model;

import java.util.Locale;

/** Where a task's expected memory comes from. */
public enum MemorySource {
    /** The task file or the command line says so. */
    DECLARED,
    /** From the peaks of earlier attempts. */
    LEARNED,
    /** From the kind of command. */
    GUESSED,
    /** Above what an attempt used when it was ended for want of memory. */
    RAISED;

    /** The word that tables and JSON use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
