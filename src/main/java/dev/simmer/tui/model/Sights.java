package dev.simmer.tui.model;

import dev.simmer.model.Snapshot;

/**
 * What there is to see besides tasks and logs.
 *
 * @param shown what fills the screen
 * @param history what host and tasks have used lately
 */
public record Sights(Sight shown, History history) {
    /** The table, and nothing known. */
    public static final Sights OPENING = new Sights(Sight.TASKS, History.EMPTY);

    /** The same after one snapshot more. */
    Sights seen(Snapshot snapshot) {
        return new Sights(shown, history.with(snapshot));
    }
}
