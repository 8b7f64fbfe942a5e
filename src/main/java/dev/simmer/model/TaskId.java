package dev.simmer.model;

import org.jspecify.annotations.Nullable;

/**
 * A task's number, unique within one Simmer home and never used again.
 *
 * @param value at least 1
 */
public record TaskId(long value) implements Comparable<TaskId> {
    public TaskId {
        if (value < 1) {
            throw new IllegalArgumentException("a task id is at least 1, not " + value);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskId that && value == that.value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public int compareTo(TaskId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
