package dev.simmer.tui.model;

import java.util.Optional;

/** What a task's newest line says of its progress. */
final class ProgressUpdate {
    private ProgressUpdate() {}

    /** A last line, with how far the task has come by it and by the lines before it. */
    static Model.LastLineSeen seen(Model model, Msg.Seen line) {
        Model.LastLineSeen before = model.lastLines().get(line.key().task());
        Optional<Progress> was =
                before != null && before.key().equals(line.key())
                        ? before.progress()
                        : Optional.empty();
        return new Model.LastLineSeen(line.key(), line.line(), line.ended(), now(was, line));
    }

    private static Optional<Progress> now(Optional<Progress> was, Msg.Seen line) {
        if (line.ended() || line.key().sheet() != Sheet.OUTPUT) {
            return Optional.empty();
        }
        if (line.progress().isPresent()) {
            return line.progress().getAsInt() < 0
                    ? Optional.empty()
                    : Progress.told(line.progress());
        }
        return Progress.after(was, Progress.of(line.line().text()));
    }
}
