package dev.simmer.tui.model;

import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * The tasks that the sights show: those of the table that are not folded away, in its order.
     */
    public static List<TaskView> tasks(Model model) {
        List<TableLine> lines = model.table().lines();
        if (lines.size() == model.table().rows().size()) {
            return model.table().rows();
        }
        List<TaskView> tasks = new ArrayList<>();
        for (TableLine line : lines) {
            if (line instanceof TableLine.Task(TaskView task)) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    /** The index of the selected task among them; -1 where none is. */
    public static int index(Model model) {
        int at = model.table().at();
        int index = -1;
        for (int i = 0; i <= at; i++) {
            index += model.table().lines().get(i) instanceof TableLine.Task ? 1 : 0;
        }
        return at >= 0 && model.table().lines().get(at) instanceof TableLine.Task ? index : -1;
    }

    /** Where a sight that fills the screen lies: between header and footer. */
    public static Rect body(Layout layout) {
        int top = layout.header().height() + layout.band().height();
        return new Rect(0, top, layout.footer().width(), layout.footer().y() - top);
    }
}
