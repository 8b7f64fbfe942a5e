package dev.simmer.tui.model;

import dev.simmer.model.TaskView;

/** A line of the task table. */
public sealed interface TableLine {
    /** A task. */
    record Task(TaskView task) implements TableLine {}

    /**
     * What stands above the tasks of a group.
     *
     * @param key which group, the same from snapshot to snapshot
     * @param title its name for people; safe to print
     * @param tasks how many it has
     * @param attention how many of them wait for a person
     * @param failed how many of them have failed
     * @param running how many of them have a process
     * @param folded whether they are not shown
     */
    record Heading(
            String key,
            String title,
            int tasks,
            int attention,
            int failed,
            int running,
            boolean folded)
            implements TableLine {}
}
