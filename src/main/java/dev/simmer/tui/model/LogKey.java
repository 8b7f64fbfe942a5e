package dev.simmer.tui.model;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptView;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of one attempt that is shown: its log, or what an agent left beside it.
 *
 * @param task whose
 * @param attempt from 1
 * @param sheet what of it the file is
 * @param path of the file, which may not exist yet
 * @param parts the logs that are shown as one, in the order of time; empty: it is one log
 */
public record LogKey(TaskId task, int attempt, Sheet sheet, Path path, List<Part> parts) {
    public LogKey {
        parts = List.copyOf(parts);
    }

    /** A single file. */
    public LogKey(TaskId task, int attempt, Sheet sheet, Path path) {
        this(task, attempt, sheet, path, List.of());
    }

    /**
     * One of several logs.
     *
     * @param name of its task
     * @param path of its file
     */
    public record Part(String name, Path path) {}

    /** The newest attempt's log as people read it; empty before the first attempt. */
    public static Optional<LogKey> of(TaskView task) {
        return of(task, Sheet.OUTPUT);
    }

    /** A file of the newest attempt; empty where there is none of this sort. */
    public static Optional<LogKey> of(TaskView task, Sheet sheet) {
        if (task.attempts().isEmpty()) {
            return Optional.empty();
        }
        AttemptView attempt = task.attempts().getLast();
        Optional<Path> path =
                switch (sheet) {
                    case OUTPUT -> Optional.of(attempt.shown());
                    case RAW -> attempt.transcript().map(_ -> attempt.log());
                    case DIFF -> attempt.agent().flatMap(AgentRun::diff);
                    case MERGED -> Optional.empty();
                    case REPORT -> attempt.agent().flatMap(AgentRun::report);
                };
        Path folder = task.spec().workspace().folder();
        return path.map(
                file -> new LogKey(task.id(), attempt.number(), sheet, folder.resolve(file)));
    }
}
