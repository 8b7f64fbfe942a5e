package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One attempt's log.
 *
 * @param task whose
 * @param attempt from 1
 * @param path of the file, which may not exist yet
 */
public record LogKey(TaskId task, int attempt, Path path) {
    /** The newest attempt's log; empty before the first attempt. */
    public static Optional<LogKey> of(TaskView task) {
        return task.log().map(path -> new LogKey(task.id(), task.attempt(), path));
    }
}
