package dev.simmer.tui.model;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that has happened to a task and that the user may not have seen.
 *
 * @param event what
 * @param task to which task; empty where it tells of several
 * @param name the task's name; may hold any character, so sanitise before printing
 * @param reason in words, or empty; foreign text too
 * @param count how many events it tells of, at least 1
 * @param at when it was seen
 */
public record Notice(
        Event event, Optional<TaskId> task, String name, String reason, int count, Instant at) {
    /** What can happen. */
    public enum Event {
        /** A job or an agent has failed, or nobody knows how it ended. */
        FAILED,
        /** A service has ended by itself. */
        DIED,
        /** An agent waits for a person. */
        WAITS,
        /** An agent has come to its end. */
        ENDED;

        /** The word in the configuration and for commands. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is bad news. */
        public boolean bad() {
            return this == FAILED || this == DIED;
        }
    }

    static Notice of(Event event, TaskId task, String name, String reason, Instant at) {
        return new Notice(event, Optional.of(task), name, reason, 1, at);
    }

    /** What it says, in a line that may be printed. */
    public String words() {
        String said =
                switch (event) {
                    case FAILED -> "failed";
                    case DIED -> "died";
                    case WAITS -> count > 1 ? "wait for you" : "waits for you";
                    case ENDED -> "completed";
                };
        if (task.isEmpty()) {
            String what =
                    switch (event) {
                        case FAILED -> "tasks";
                        case DIED -> "services";
                        case WAITS, ENDED -> "agents";
                    };
            return count + " " + what + " " + said;
        }
        String why = TerminalText.plain(reason);
        return TerminalText.plain(name) + " " + said + (why.isEmpty() ? "" : ": " + why);
    }
}
