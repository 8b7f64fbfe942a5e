package dev.simmer.tui.model;

/** What fills the screen between header and footer. */
public enum Sight {
    /** The table of tasks and logs. */
    TASKS,
    /** What ran and what waited when. */
    TIMELINE,
    /** Which task needs which. */
    NEEDS
}
