package dev.simmer.headless;

import dev.simmer.model.AttemptView;
import dev.simmer.model.TaskView;

/** What a run has to tell, in the order in which it became known. */
sealed interface Happening {
    /** A process of an attempt has been started. */
    record AttemptStarted(TaskView task, AttemptView attempt) implements Happening {}

    /**
     * An attempt has ended; its log grows no more.
     *
     * @param last whether the task ended with it
     */
    record AttemptEnded(TaskView task, AttemptView attempt, boolean last) implements Happening {}

    /**
     * A running attempt has been paused, or goes on. In a run without a terminal only Simmer does
     * that, for want of memory.
     */
    record AttemptHeld(TaskView task, AttemptView attempt, boolean paused) implements Happening {}

    /** A task has ended without an attempt at its end: skipped, or stopped while it waited. */
    record EndedUnstarted(TaskView task) implements Happening {}

    /** Something that Simmer itself has to say. */
    record Note(String text) implements Happening {}

    /** The run is over; nothing follows. */
    record RunEnded(RunSummary summary) implements Happening {}
}
