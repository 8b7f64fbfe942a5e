package dev.simmer.tui.model;

/** Which pane the keys go to. */
public enum Focus {
    TABLE,
    LOG
}
