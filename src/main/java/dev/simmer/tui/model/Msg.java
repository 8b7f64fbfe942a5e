package dev.simmer.tui.model;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TimeIndex;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Everything that can happen to the dashboard. */
public sealed interface Msg {
    /** A key was pressed. */
    record KeyPressed(Key key) implements Msg {}

    /** Text was pasted, as it came from the terminal. */
    record Pasted(String text) implements Msg {}

    /** A mouse button was pressed; columns and rows count from 0. */
    record Clicked(int column, int row) implements Msg {}

    /** The mouse was moved with its button held; columns and rows count from 0. */
    record Dragged(int column, int row) implements Msg {}

    /** The mouse button was let go. */
    record Released() implements Msg {}

    /** The wheel was turned; {@code rows} is negative upwards. */
    record Wheeled(int column, int row, int rows) implements Msg {}

    /** The terminal has this size now. */
    record Resized(int columns, int rows) implements Msg {}

    /** The engine has a newer snapshot. */
    record SnapshotChanged(Snapshot snapshot) implements Msg {}

    /** The wall clock says this. */
    record Clock(Instant now) implements Msg {}

    /** It is time to look whether the shown logs have grown. */
    record LogPoll() implements Msg {}

    /** It is time to look at the last lines of the visible tasks. */
    record LastLinesPoll() implements Msg {}

    /**
     * A piece of a log was read.
     *
     * @param pane for which
     * @param size of the file, in bytes
     * @param dropped bytes at its beginning that were given back to the disk
     * @param times when its lines were written, as far as that is known
     */
    record LogRead(
            PaneId pane,
            LogKey key,
            Cmd.Where where,
            List<LogLine> lines,
            long size,
            long dropped,
            TimeIndex times)
            implements Msg {
        public LogRead {
            lines = List.copyOf(lines);
        }

        /** Of a log whose times are not known. */
        public LogRead(
                PaneId pane,
                LogKey key,
                Cmd.Where where,
                List<LogLine> lines,
                long size,
                long dropped) {
            this(pane, key, where, lines, size, dropped, TimeIndex.NOTHING);
        }
    }

    /** Lines that match were counted. */
    record HitsCounted(PaneId pane, LogKey key, Sought sought, LogSearch.Hits hits)
            implements Msg {}

    /** Lines were read that are to be copied; {@code more}: there are more than can be. */
    record LinesRead(String text, boolean more) implements Msg {}

    /** There is a file already where lines should be saved. */
    record SaveRefused(Cmd.SaveLines asked) implements Msg {}

    /** It was found what is to be opened. */
    record OpenFound(Cmd.Open open) implements Msg {}

    /** A log could not be read. */
    record LogUnreadable(LogKey key, String why) implements Msg {}

    /** A diff was counted; {@code kept}: where what it changes has stayed, if that is told. */
    record DiffMeasured(LogKey key, DiffStat stat, Optional<KeptWorktree> kept) implements Msg {}

    /** Last lines that are new, or final. */
    record LastLinesRead(List<Seen> lines) implements Msg {
        public LastLinesRead {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A log's last line.
     *
     * @param ended as in the question
     * @param progress 0 to 100 where the program has told its terminal; negative where it has taken
     *     that back
     */
    record Seen(LogKey key, boolean ended, StyledLine line, OptionalInt progress) {
        /** One that tells nothing but a line. */
        public Seen(LogKey key, boolean ended, StyledLine line) {
            this(key, ended, line, OptionalInt.empty());
        }
    }

    /** A search has ended. */
    record Searched(Cmd.Search asked, LogSearch.Result result) implements Msg {}

    /** The engine has answered. */
    record Replied(Request request, Reply reply) implements Msg {}

    /** The engine could not be asked, or has gone before it answered. */
    record Unanswered(Request request, String why) implements Msg {}

    /** The terminal has told its background, of 24 bits. */
    record Background(int rgb) implements Msg {}

    /**
     * The files of themes were read.
     *
     * @param names of all themes
     * @param problems what is wrong in files, with file, line and column
     */
    record ThemesRead(List<String> names, List<String> problems) implements Msg {
        public ThemesRead {
            names = List.copyOf(names);
            problems = List.copyOf(problems);
        }
    }

    /** Something is wrong in the user's files; a line each, for people. */
    record Wrong(List<String> problems) implements Msg {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /** Something that the user should know went wrong outside of a task. */
    record Problem(String text) implements Msg {}

    /** Something that was asked for is done. */
    record Said(String text) implements Msg {}

    /** The program of a {@link Cmd.Open} has ended, or could not be started; then it says why. */
    record Returned(Cmd.Open asked, Optional<String> trouble) implements Msg {}

    /** Somebody wants the process to stop for a while. */
    record StopAsked() implements Msg {}

    /** The process had been stopped, and somebody else may have used the terminal. */
    record Continued() implements Msg {}

    /** The terminal has got the keyboard, or has lost it. */
    record FocusChanged(boolean focused) implements Msg {}

    /** The user wants to be told of things outside of the dashboard too. */
    record TellingWanted() implements Msg {}

    /** Something was found out for a dialog. */
    record LookedUp(Findings findings) implements Msg {}

    /** A text was in the user's editor; {@code trouble}: why it is as it was. */
    record Edited(String text, Optional<String> trouble) implements Msg {}
}
