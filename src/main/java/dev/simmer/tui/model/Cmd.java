package dev.simmer.tui.model;

import dev.simmer.model.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an update asks the loop to do; answers come back as {@link Msg}. */
public sealed interface Cmd {
    /** Hands a request to the engine. */
    record Submit(Request request) implements Cmd {}

    /** Has an engine go on that rests. */
    record Wake() implements Cmd {}

    /**
     * Reads a piece of a log.
     *
     * @param pane for which
     * @param key which log
     * @param where which piece
     * @param rows how many lines at most
     * @param knownSize the file's size at the last reading: when it is unchanged no answer comes;
     *     -1 for an answer in any case
     */
    record ReadLog(PaneId pane, LogKey key, Where where, int rows, long knownSize) implements Cmd {}

    /** A pane reads nothing any more, until it asks again. */
    record CloseLog(PaneId pane) implements Cmd {}

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
     * Looks for a line. A newer search for a pane cancels its older one.
     *
     * @param pane for which
     * @param key which log
     * @param kind how the words are meant
     * @param query the words
     * @param offset a line's start: forward from there on, backward before it
     * @param forward the direction
     */
    record Search(
            PaneId pane, LogKey key, Sought.Kind kind, String query, long offset, boolean forward)
            implements Cmd {
        /** Text as it is. */
        public Search(PaneId pane, LogKey key, String query, long offset, boolean forward) {
            this(pane, key, Sought.Kind.TEXT, query, offset, forward);
        }
    }

    /** Counts the lines that match, as far as that is cheap; given up with a search. */
    record CountHits(PaneId pane, LogKey key, Sought sought) implements Cmd {}

    /**
     * Lines of a log, by the offsets of their first bytes.
     *
     * @param first start of the first line
     * @param last start of the last line, which is one of them
     */
    record Lines(long first, long last) {
        /** All of it. */
        static final Lines ALL = new Lines(0, Long.MAX_VALUE);
    }

    /** Copies lines of a log, as they are shown. */
    record CopyLines(LogKey key, Lines lines) implements Cmd {}

    /**
     * Writes lines of a log to a file; {@link Msg.SaveRefused} tells where there is one already.
     *
     * @param to an absolute path, or one that begins with {@code ~/}
     * @param over whether a file that is there is replaced
     */
    record SaveLines(LogKey key, Lines lines, String to, boolean over) implements Cmd {}

    /**
     * Opens the file that a line names, where it is there and below a folder, else the log at that
     * line; {@link Msg.OpenFound} tells which.
     */
    record FindFile(LogKey key, long offset, String line, Path below) implements Cmd {}

    /** Reads the files of themes. */
    record ReadThemes() implements Cmd {}

    /**
     * Remembers a choice.
     *
     * @param name of a theme, or {@link Appearance#AUTO}
     * @param light whether the terminal's own background is light
     */
    record KeepTheme(String name, boolean light) implements Cmd {}

    /**
     * Hands a text to the clipboard of the user's terminal; it is told what came of it.
     *
     * @param text what the user has chosen, as it is to be pasted
     */
    record Copy(String text) implements Cmd {}

    /**
     * Hands the terminal to a program that shows or edits a file; {@link Msg.Returned} tells when
     * it is back.
     *
     * @param file an absolute path
     * @param spot where in the file the user was
     * @param with which program
     */
    record Open(Path file, Spot spot, Program with) implements Cmd {}

    /** A place in a file. */
    sealed interface Spot {
        /** A line, from 1. */
        record Line(long number) implements Spot {}

        /** A line's first byte, from 0. */
        record Offset(long bytes) implements Spot {}
    }

    /** A program of the user's choice. */
    enum Program {
        /** PAGER. */
        PAGER,
        /** VISUAL, EDITOR. */
        EDITOR
    }

    /**
     * Tells the user of something outside of the dashboard, in the ways that are chosen.
     *
     * @param focused whether the terminal has the keyboard, so that the user sees the dashboard
     */
    record Tell(Notice notice, boolean focused) implements Cmd {}

    /** Has the terminal report the mouse, or leaves the mouse to it. */
    record Mouse(boolean on) implements Cmd {}

    /** Gives the terminal back and stops the process until its shell wakes it. */
    record Suspend() implements Cmd {}

    /** Takes the terminal over again and draws every cell anew. */
    record Redraw() implements Cmd {}

    /**
     * Leaves the dashboard.
     *
     * @param farewell what the terminal shows then; empty for nothing
     */
    record Quit(String farewell) implements Cmd {}

    /** Finds something out for a dialog; the answer comes as {@link Msg.LookedUp}. */
    record LookUp(Inquiry inquiry) implements Cmd {}

    /** Hands the terminal to the user's editor for a text; {@link Msg.Edited} brings it back. */
    record Edit(String text) implements Cmd {}
}
