package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskView;
import java.util.List;

/**
 * Where the parts of the timeline lie.
 *
 * @param box with its border
 * @param name columns of the names
 * @param cells columns of the chart
 * @param rows task rows that fit, at least 1
 * @param first the index of the first task that is seen
 * @param below rows under the chart for the legend and the selected task's waits
 */
public record TimelineRows(Rect box, int name, int cells, int rows, int first, int below) {
    /** Columns to the right of the chart for how a task stands. */
    public static final int STANDING = 10;

    private static final int LEAST_NAME = 8;

    /** Where they lie now; the selected row is in the middle where there are more than fit. */
    public static TimelineRows of(Model model) {
        Rect box = Sights.body(model.layout());
        int inside = Math.max(1, box.width() - 4);
        int most = Math.max(LEAST_NAME, inside / 5);
        int name = LEAST_NAME;
        int height = Math.max(2, box.height() - 2);
        List<TaskView> tasks = Sights.tasks(model);
        // The axis above, the legend with a gap below, and the waits of the selected task.
        int spare = height - 1 - tasks.size();
        int below = height < 6 ? 0 : Math.clamp(spare, Math.min(6, height / 3), height / 2);
        int rows = Math.max(1, height - 1 - below);
        int top = Math.max(0, tasks.size() - rows);
        int first = Math.clamp(Sights.index(model) - rows / 2, 0, top);
        for (TaskView task : tasks.subList(first, Math.min(tasks.size(), first + rows))) {
            name = Math.max(name, CellWidth.width(TerminalText.plain(task.name())));
        }
        name = Math.min(name, most);
        int cells = Math.max(1, inside - name - 1 - STANDING - 1);
        return new TimelineRows(box, name, cells, rows, first, below);
    }
}
