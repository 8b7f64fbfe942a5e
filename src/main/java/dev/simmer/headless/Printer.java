package dev.simmer.headless;

import dev.simmer.logs.StyledLine;
import dev.simmer.model.AttemptView;
import dev.simmer.model.TaskView;

/**
 * Writes down a run in one format. Called by the output's thread alone. An {@link OutputGone} means
 * that standard output takes no more.
 */
interface Printer {
    /** Whether an attempt's lines are wanted, and when. */
    Lines lines();

    /** When the lines of an attempt are wanted. */
    enum Lines {
        /** As they come, between those of others. */
        AT_ONCE,
        /** In one piece, once the attempt has ended. */
        AT_END,
        /** Not at all. */
        NEVER
    }

    /** An attempt has been started. */
    void started(TaskView task, AttemptView attempt) throws OutputGone;

    /** The next line of an attempt, or the next piece of a very long one. */
    void line(TaskView task, AttemptView attempt, Piece piece) throws OutputGone;

    /**
     * A line, or a piece of one that is longer than the follower takes at once.
     *
     * @param text what to show
     * @param start whether a line begins with it
     * @param end whether the line ends with it
     */
    record Piece(StyledLine text, boolean start, boolean end) {}

    /** An attempt has ended, and all its lines have been told. */
    void ended(Happening.AttemptEnded end) throws OutputGone;

    /** An attempt has been paused, or goes on. */
    void held(Happening.AttemptHeld held) throws OutputGone;

    /** A task has ended without having been started. */
    void endedUnstarted(TaskView task) throws OutputGone;

    /** Something that Simmer itself has to say. */
    void note(String text) throws OutputGone;

    /** The run has ended. */
    void runEnded(RunSummary summary) throws OutputGone;

    /** Sends on what has been written so far. */
    void flush() throws OutputGone;
}
