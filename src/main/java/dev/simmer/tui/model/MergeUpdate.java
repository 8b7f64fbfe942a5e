package dev.simmer.tui.model;

import dev.simmer.logs.MergedLog;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The logs of several tasks as one, in the order of time. */
final class MergeUpdate {
    private MergeUpdate() {}

    /**
     * Shows the logs of the marked tasks, else of all shown, as one, or that of the pane's task
     * again.
     */
    static Step toggle(Model model) {
        PaneId id = model.paneId();
        if (model.pane().sheet() == Sheet.MERGED) {
            return Step.of(SheetUpdate.closed(model, id));
        }
        List<TaskView> tasks = chosen(model);
        if (tasks.size() < 2) {
            String why = "it takes two tasks that have run to merge logs";
            return Step.of(Update.say(model, Marks.allHidden(model).orElse(why)));
        }
        List<TaskId> some = tasks.stream().limit(MergedLog.MOST_LOGS).map(TaskView::id).toList();
        Model next =
                model.with(m -> {
                    Pane pane = m.panes.get(id).withMerged(some).withBehind(m.focus);
                    m.panes = m.panes.with(pane).withCurrent(id);
                    m.focus = Focus.LOG;
                });
        String words =
                tasks.size() > some.size()
                        ? "the logs of the first " + some.size() + " of " + tasks.size() + " tasks"
                        : "the logs of " + some.size() + " tasks; M: back";
        return Step.of(Update.say(SheetUpdate.shown(next, id), words));
    }

    private static List<TaskView> chosen(Model model) {
        List<TaskView> tasks = new ArrayList<>();
        for (TaskView task : Marks.orShown(model)) {
            if (LogKey.of(task).isPresent()) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    /** The file, or files, that a pane shows; empty where there are none. */
    static Optional<LogKey> source(Model model, Pane pane) {
        if (pane.sheet() != Sheet.MERGED) {
            return model.task(pane).flatMap(task -> LogKey.of(task, pane.sheet()));
        }
        List<LogKey.Part> parts = new ArrayList<>();
        @Nullable TaskId first = null;
        for (TaskId id : pane.merged()) {
            Optional<TaskView> task = model.snapshot().task(id);
            Optional<LogKey> key = task.flatMap(LogKey::of);
            if (key.isPresent()) {
                String name = TerminalText.plain(task.get().name());
                parts.add(new LogKey.Part(name, key.get().path()));
                first = first == null ? id : first;
            }
        }
        return first == null
                ? Optional.empty()
                : Optional.of(new LogKey(first, 0, Sheet.MERGED, Path.of("merged"), parts));
    }

    /** Whether one of a merged pane's logs may grow. */
    static boolean grows(Model model, Pane pane) {
        for (TaskId id : pane.merged()) {
            if (model.snapshot().task(id).filter(task -> task.phase().active()).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
