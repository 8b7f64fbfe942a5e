package dev.simmer.tui.model;

import dev.simmer.logs.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The piece of a log that is at hand, and how it is looked at. Immutable. However long the log is,
 * at most {@link #MAX_LINES} lines of it are here.
 *
 * @param source which log; empty where no task is selected or it has none yet
 * @param lines consecutive lines
 * @param size of the file in bytes, when it was last looked at
 * @param dropped bytes at the file's beginning that were given back to the disk
 * @param top index of the first line that is seen, when it does not follow
 * @param row which row of that line, where it is wrapped, is the first one that is seen, from 0
 * @param follow whether the end is shown as it grows
 * @param wrap whether long lines are wrapped
 * @param left columns that are scrolled away to the left
 * @param search what is looked for
 * @param trouble why it cannot be read
 * @param reading stamps and marks
 */
public record LogPane(
        Optional<LogKey> source,
        List<LogLine> lines,
        long size,
        long dropped,
        int top,
        int row,
        boolean follow,
        boolean wrap,
        int left,
        Optional<SearchState> search,
        Optional<String> trouble,
        Reading reading) {

    /** Lines that are kept. */
    public static final int MAX_LINES = 2_000;

    /** Shows nothing. */
    public static final LogPane NOTHING =
            new LogPane(
                    Optional.empty(),
                    List.of(),
                    0,
                    0,
                    0,
                    0,
                    true,
                    false,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Reading.PLAIN);

    public LogPane {
        lines = List.copyOf(lines);
    }

    /** Another log, from its end, looked at in the same way. */
    LogPane of(Optional<LogKey> other) {
        return new LogPane(
                other,
                List.of(),
                0,
                0,
                0,
                0,
                true,
                wrap,
                0,
                Optional.empty(),
                Optional.empty(),
                reading.anew());
    }

    LogPane withTop(int line) {
        return new LogPane(
                source, lines, size, dropped, line, 0, follow, wrap, left, search, trouble,
                reading);
    }

    LogPane withTop(LogRows.Spot spot) {
        return new LogPane(
                source,
                lines,
                size,
                dropped,
                spot.line(),
                spot.row(),
                follow,
                wrap,
                left,
                search,
                trouble,
                reading);
    }

    LogPane withFollow(boolean on) {
        return new LogPane(
                source, lines, size, dropped, top, row, on, wrap, left, search, trouble, reading);
    }

    LogPane withWrap(boolean on) {
        return new LogPane(
                source, lines, size, dropped, top, 0, follow, on, 0, search, trouble, reading);
    }

    LogPane withLeft(int columns) {
        return new LogPane(
                source,
                lines,
                size,
                dropped,
                top,
                row,
                follow,
                wrap,
                Math.max(0, columns),
                search,
                trouble,
                reading);
    }

    LogPane withSearch(Optional<SearchState> state) {
        return new LogPane(
                source, lines, size, dropped, top, row, follow, wrap, left, state, trouble,
                reading);
    }

    LogPane withReading(Reading other) {
        return new LogPane(
                source, lines, size, dropped, top, row, follow, wrap, left, search, trouble, other);
    }

    /** Columns that are left for the text of lines, at least 1. */
    public int textColumns(int columns) {
        return Math.max(1, columns - (reading.stamps() ? Reading.STAMP_COLUMNS : 0));
    }

    LogPane withSize(long bytes) {
        return new LogPane(
                source, lines, bytes, dropped, top, row, follow, wrap, left, search, trouble,
                reading);
    }

    LogPane withTrouble(String why) {
        return new LogPane(
                source,
                lines,
                size,
                dropped,
                top,
                row,
                follow,
                wrap,
                left,
                search,
                Optional.of(why),
                reading);
    }

    LogPane withDropped(long bytes) {
        return new LogPane(
                source, lines, size, bytes, top, row, follow, wrap, left, search, trouble, reading);
    }

    private LogPane showing(List<LogLine> now, long bytes, int line, int row) {
        return new LogPane(
                source,
                now,
                bytes,
                dropped,
                line,
                row,
                follow,
                wrap,
                left,
                search,
                Optional.empty(),
                reading);
    }

    /** Takes a piece in; one that does not fit to what is here changes nothing. */
    LogPane merged(Cmd.Where where, List<LogLine> read, long bytes) {
        return switch (where) {
            case Cmd.Where.Tail() -> showing(read, bytes, Math.max(0, read.size() - 1), 0);
            case Cmd.Where.Around(long offset) -> showing(read, bytes, indexOf(read, offset), 0);
            case Cmd.Where.Before(long offset) -> before(offset, read, bytes);
            case Cmd.Where.From(long offset) -> from(offset, read, bytes);
            case Cmd.Where.SizeOnly() ->
                    bytes < size ? of(source).withSize(bytes) : withSize(bytes);
        };
    }

    private LogPane before(long offset, List<LogLine> read, long bytes) {
        if (lines.isEmpty() || lines.getFirst().offset() != offset) {
            return this;
        }
        List<LogLine> all = new ArrayList<>(read);
        // What was given back to the disk meanwhile reads as one blank line.
        all.removeIf(line -> line.end() <= dropped);
        int line = top + all.size();
        all.addAll(lines);
        return showing(all.subList(0, Math.min(all.size(), MAX_LINES)), bytes, line, row);
    }

    private LogPane from(long offset, List<LogLine> read, long bytes) {
        if (lines.isEmpty()) {
            return showing(read, bytes, 0, 0);
        }
        int start = indexOf(lines, offset);
        if (lines.get(start).offset() != offset) {
            return this;
        }
        List<LogLine> all = new ArrayList<>(lines.subList(0, start));
        all.addAll(read);
        int dropped = Math.max(0, all.size() - MAX_LINES);
        return showing(all.subList(dropped, all.size()), bytes, Math.max(0, top - dropped), row);
    }

    /** The index of the line that starts at an offset, else of the last one before it, else 0. */
    public static int indexOf(List<LogLine> lines, long offset) {
        int low = 0;
        int high = lines.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lines.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(0, low);
    }

    /** Whether the first line here is the log's first, or the first that is left of it. */
    public boolean atStart() {
        return lines.isEmpty() || lines.getFirst().offset() <= dropped;
    }

    /** Whether the last line here is the log's last, as far as is known. */
    public boolean atEnd() {
        return lines.isEmpty() || lines.getLast().end() >= size;
    }
}
