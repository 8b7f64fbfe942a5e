package dev.simmer.model;

import java.util.Comparator;

/**
 * One execution of a task; a retry or a restart is a new attempt.
 *
 * @param task the task that is executed
 * @param number counts from 1 within the task
 */
public record AttemptId(TaskId task, int number) implements Comparable<AttemptId> {
    private static final Comparator<AttemptId> ORDER =
            Comparator.comparing(AttemptId::task).thenComparingInt(AttemptId::number);

    public AttemptId {
        if (number < 1) {
            throw new IllegalArgumentException("an attempt's number is at least 1, not " + number);
        }
    }

    @Override
    public int compareTo(AttemptId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return task + "." + number;
    }
}
