package dev.simmer.tui.model;

import dev.simmer.model.Request;

import java.util.List;
import java.util.Optional;

/** What an update asks the loop to do; answers come back as {@link Msg}. */
public sealed interface Cmd {
    /** Hands a request to the engine. */
    record Submit(Request request) implements Cmd {}

    /**
     * Reads a piece of a log.
     *
     * @param key which log
     * @param where which piece
     * @param rows how many lines at most
     * @param knownSize the file's size at the last reading: when it is unchanged no answer comes;
     *     -1 for an answer in any case
     */
    record ReadLog(LogKey key, Where where, int rows, long knownSize) implements Cmd {}

    /** Which piece of a log. */
    sealed interface Where {
        /** The end. */
        record Tail() implements Where {}

        /** The lines before a line's start. */
        record Before(long offset) implements Where {}

        /** The lines from a line's start on. */
        record From(long offset) implements Where {}

        /** The lines on both sides of a line's start. */
        record Around(long offset) implements Where {}

        /** No lines, only how large the file is now. */
        record SizeOnly() implements Where {}
    }

    /**
     * Counts what a diff changes.
     *
     * @param key the diff
     * @param report which may tell where the changes have stayed
     */
    record MeasureDiff(LogKey key, Optional<LogKey> report) implements Cmd {}

    /** Reads the last lines of some logs. */
    record ReadLastLines(List<Wanted> logs) implements Cmd {
        public ReadLastLines {
            logs = List.copyOf(logs);
        }
    }

    /**
     * A log whose last line is wanted.
     *
     * @param key which log
     * @param ended whether its attempt has ended, so that the line will not change any more
     */
    record Wanted(LogKey key, boolean ended) {}

    /**
     * Looks for a line. A newer search cancels an older one.
     *
     * @param key which log
     * @param query the text that is looked for
     * @param offset a line's start: forward from there on, backward before it
     * @param forward the direction
     */
    record Search(LogKey key, String query, long offset, boolean forward) implements Cmd {}

    /** Draws every cell anew. */
    record Redraw() implements Cmd {}

    /**
     * Leaves the dashboard.
     *
     * @param farewell what the terminal shows then; empty for nothing
     */
    record Quit(String farewell) implements Cmd {}
}
