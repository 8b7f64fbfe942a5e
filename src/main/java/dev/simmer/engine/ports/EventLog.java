package dev.simmer.engine.ports;

import dev.simmer.model.TaskId;

/** Where it is written down what Simmer did by itself, for people. Must return quickly. */
public interface EventLog {
    /** Writes nothing down. */
    EventLog NONE = (_, _) -> {};

    /**
     * Writes a line.
     *
     * @param task the task that it is about
     * @param words what was done and why, with figures; begins with the task's name
     */
    void write(TaskId task, String words);
}
