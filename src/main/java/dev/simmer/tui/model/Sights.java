package dev.simmer.tui.model;

import dev.simmer.model.Snapshot;

/**
 * What there is to see besides tasks and logs.
 *
 * @param shown what fills the screen
 * @param history what host and tasks have used lately
 * @param observed what tasks did and why since the dashboard was opened
 * @param timeline which part of the past is shown
 * @param needs the map of needs as it was shown last
 * @param at the selected place of that map, by its index; -1 where it has none
 * @param panel whether the selected task's details are shown where there is room for them
 */
public record Sights(
        Sight shown,
        History history,
        Observed observed,
        Timeline timeline,
        NeedsMap needs,
        int at,
        boolean panel) {
    /** The table, and nothing known. */
    public static final Sights OPENING =
            new Sights(
                    Sight.TASKS,
                    History.EMPTY,
                    Observed.NOTHING,
                    Timeline.OPENING,
                    NeedsMap.EMPTY,
                    -1,
                    false);

    /** The same after one snapshot more. */
    Sights seen(Snapshot snapshot) {
        return new Sights(
                shown, history.with(snapshot), observed.with(snapshot), timeline, needs, at, panel);
    }

    Sights showing(Sight other) {
        return new Sights(other, history, observed, timeline, needs, at, panel);
    }

    Sights withTimeline(Timeline other) {
        return new Sights(shown, history, observed, other, needs, at, panel);
    }

    Sights withNeeds(NeedsMap map, int place) {
        return new Sights(shown, history, observed, timeline, map, place, panel);
    }

    Sights withPanel(boolean on) {
        return new Sights(shown, history, observed, timeline, needs, at, on);
    }

    /** Where a sight that fills the screen lies: between header and footer. */
    public static Rect body(Layout layout) {
        int top = layout.header().height() + layout.band().height();
        return new Rect(0, top, layout.footer().width(), layout.footer().y() - top);
    }
}
