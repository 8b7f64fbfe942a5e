package dev.simmer.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Several logs as one, in the order of time, to be read at any place.
 *
 * <p>Each log is divided into pieces that were written at about one time: by the times that were
 * noted beside it, else by the stamps that lines state, looked at in a thousand places, else it is
 * one piece. The pieces of all logs in the order of time are the merged log, and a place in it is
 * the number of bytes before it. So nothing is read that is not shown, a line's time is known to
 * within a second, and memory goes with the number of pieces, of which there are {@value #MOST} at
 * most. Pieces that come later are put at the end: what is there never moves, until a log is cut or
 * replaced, or there are too many pieces, and all is divided anew.
 *
 * <p>For one thread at a time, but for {@link #twin}.
 */
public final class MergedLog implements AutoCloseable {
    /** Logs that can be merged. */
    public static final int MOST_LOGS = 16;

    private static final int MOST = 256 * 1024;
    private static final int SAMPLES = 1_000;

    /** Pieces are read by so many lines at once. */
    private static final int ROWS = 64;

    /**
     * One of the logs.
     *
     * @param path of its file
     * @param name what stands before its lines
     */
    public record Part(Path path, StyledLine name) {}

    /** What of a log has its place already. */
    private static final class Source {
        final LogFile file;
        final TimeFile times;
        final StyledLine name;
        long placed;
        long generation;

        Source(Part part) {
            file = LogFile.open(part.path());
            times = new TimeFile(part.path());
            name = part.name();
        }
    }

    /** A piece of one log: bytes [from, to), written at about one time. */
    private record Piece(int source, long from, long to, long millis) {}

    private final List<Part> parts;
    private final List<Source> sources;
    private final List<Piece> pieces = new ArrayList<>();

    /** Where each piece begins. */
    private long[] starts = new long[64];

    private long size;
    private long generation;

    /**
     * Names the logs; nothing is opened before the first call that reads.
     *
     * @param parts at most {@link #MOST_LOGS}
     */
    public MergedLog(List<Part> parts) {
        if (parts.size() > MOST_LOGS) {
            throw new IllegalArgumentException(parts.size() + " logs are too many");
        }
        this.parts = List.copyOf(parts);
        sources = parts.stream().map(Source::new).toList();
    }

    /** The same logs with the same places, for another thread. For any thread. */
    public synchronized MergedLog twin() {
        MergedLog twin = new MergedLog(parts);
        twin.pieces.addAll(pieces);
        twin.starts = starts.clone();
        twin.size = size;
        for (int i = 0; i < sources.size(); i++) {
            twin.sources.get(i).placed = sources.get(i).placed;
        }
        return twin;
    }

    /** Looks at all logs; bytes that they have together. */
    public synchronized long size() throws IOException {
        boolean anew = pieces.size() > MOST;
        for (Source source : sources) {
            long now = source.file.refresh();
            anew |= source.generation != source.file.generation() || now < source.placed;
        }
        if (anew) {
            generation++;
            pieces.clear();
            size = 0;
            for (Source source : sources) {
                source.placed = 0;
                source.generation = source.file.generation();
            }
        }
        List<Piece> fresh = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            divide(i, fresh);
        }
        if (!fresh.isEmpty()) {
            fresh.sort(
                    Comparator.comparingLong(Piece::millis)
                            .thenComparingInt(Piece::source)
                            .thenComparingLong(Piece::from));
            fresh.forEach(this::place);
        }
        return size;
    }

    /** Counts how often places have lost their meaning. */
    public long generation() {
        return generation;
    }

    /** When the line at a place was written, in milliseconds since 1970; empty where unknown. */
    public OptionalLong timeAt(long place) {
        int at = pieceAt(place);
        return at < 0 || pieces.get(at).millis() <= 0
                ? OptionalLong.empty()
                : OptionalLong.of(pieces.get(at).millis());
    }

    /** The times of all places, as of the last call of {@link #size}. */
    public TimeIndex times() {
        long[] millis = new long[pieces.size()];
        long[] ends = new long[pieces.size()];
        long last = 0;
        for (int i = 0; i < millis.length; i++) {
            last = Math.max(last, pieces.get(i).millis());
            millis[i] = last;
            ends[i] = i + 1 < millis.length ? starts[i + 1] : size;
        }
        return TimeIndex.of(millis, ends, millis.length);
    }

    // Dividing

    /** Divides what has come since the last look. */
    private void divide(int index, List<Piece> into) throws IOException {
        Source source = sources.get(index);
        long end = source.file.refresh();
        long from = Math.max(source.placed, source.file.gone());
        if (from >= end) {
            return;
        }
        boolean first = source.placed == 0;
        TimeIndex times = source.times.look();
        for (int i = firstBeyond(times, from); i < times.count() && from < end; i++) {
            long to = Math.min(end, times.size(i));
            into.add(new Piece(index, from, to, times.millis(i)));
            from = to;
        }
        if (from < end && first && times.count() == 0) {
            from = byStamps(index, from, end, into);
        }
        if (from < end) {
            into.add(new Piece(index, from, end, source.file.modifiedMillis()));
        }
        source.placed = end;
    }

    private static int firstBeyond(TimeIndex times, long offset) {
        int low = 0;
        int high = times.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.size(middle) > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Divides a log of which no times were noted; answers up to where. */
    private long byStamps(int index, long begin, long end, List<Piece> into) throws IOException {
        LogFile file = sources.get(index).file;
        Instant about = Instant.ofEpochMilli(file.modifiedMillis());
        long step = Math.max(1, (end - begin) / SAMPLES);
        long from = begin;
        long time = -1;
        for (long at = begin; at < end; at = Math.max(at + 1, Math.min(end, from + step))) {
            LogLine line = stamped(file, file.lineStart(at), about);
            if (line == null) {
                if (time < 0) {
                    return begin;
                }
                break;
            }
            long stamp = stamp(line, about);
            if (line.offset() > from && time >= 0) {
                into.add(new Piece(index, from, line.offset(), time));
                from = line.offset();
            }
            time = Math.max(time, stamp);
            at = Math.max(at, line.offset());
        }
        into.add(new Piece(index, from, end, time));
        return end;
    }

    /** The first line from an offset on that states a time; null where none does soon. */
    private static @Nullable LogLine stamped(LogFile file, long offset, Instant about)
            throws IOException {
        for (LogLine line : file.from(offset, 20)) {
            if (stamp(line, about) >= 0) {
                return line;
            }
        }
        return null;
    }

    private static long stamp(LogLine line, Instant about) {
        return LineStamp.of(line.line().text(), about, ZoneId.systemDefault()).orElse(-1);
    }

    private void place(Piece piece) {
        int last = pieces.size() - 1;
        if (last >= 0) {
            Piece before = pieces.get(last);
            boolean goesOn =
                    before.source() == piece.source()
                            && before.to() == piece.from()
                            && piece.millis() - before.millis() < 1_000;
            if (goesOn) {
                pieces.set(
                        last,
                        new Piece(piece.source(), before.from(), piece.to(), before.millis()));
                size += piece.to() - piece.from();
                return;
            }
        }
        if (pieces.size() == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[pieces.size()] = size;
        pieces.add(piece);
        size += piece.to() - piece.from();
    }

    // Reading

    /** The piece that holds a place; the last one for the end or beyond; -1 where there is none. */
    private int pieceAt(long place) {
        int found = Arrays.binarySearch(starts, 0, pieces.size(), Math.max(0, place));
        return found >= 0 ? found : -found - 2;
    }

    /** The last lines, in order; the last one may be unfinished. */
    public List<LogLine> tail(int rows) throws IOException {
        return before(Long.MAX_VALUE, rows);
    }

    /** The lines that begin before a place, in order. */
    public List<LogLine> before(long place, int rows) throws IOException {
        size();
        List<LogLine> lines = new ArrayList<>();
        long end = Math.min(place, size);
        for (int i = pieceAt(end - 1); i >= 0 && lines.size() < rows && end > 0; i--) {
            Piece piece = pieces.get(i);
            long to = Math.min(piece.to(), piece.from() + (end - starts[i]));
            lines.addAll(0, backward(i, piece, to, rows - lines.size()));
        }
        return lines;
    }

    /** The lines that begin at a place or after it, in order. */
    public List<LogLine> from(long place, int rows) throws IOException {
        size();
        List<LogLine> lines = new ArrayList<>();
        long begin = Math.max(0, place);
        for (int i = Math.max(0, pieceAt(begin)); i < pieces.size() && lines.size() < rows; i++) {
            Piece piece = pieces.get(i);
            long from = piece.from() + Math.max(0, begin - starts[i]);
            forward(i, piece, from, rows - lines.size(), lines);
        }
        return lines;
    }

    /** Lines of a piece that begin before an offset, the last ones. */
    private List<LogLine> backward(int index, Piece piece, long to, int rows) throws IOException {
        LogFile file = sources.get(piece.source()).file;
        List<LogLine> lines = new ArrayList<>();
        if (to <= piece.from()) {
            return lines;
        }
        long last = file.lineStart(to - 1);
        if (last < piece.from()) {
            return lines;
        }
        for (LogLine line : file.before(last, rows - 1)) {
            if (line.offset() >= piece.from()) {
                lines.add(shown(index, piece, line));
            }
        }
        for (LogLine line : file.from(last, 1)) {
            lines.add(shown(index, piece, line));
        }
        return lines;
    }

    private void forward(int index, Piece piece, long from, int rows, List<LogLine> into)
            throws IOException {
        LogFile file = sources.get(piece.source()).file;
        long at = from == 0 || file.lineStart(from) == from ? from : file.lineEnd(from);
        int left = rows;
        while (left > 0 && at < piece.to()) {
            List<LogLine> lines = file.from(at, Math.min(left, ROWS));
            if (lines.isEmpty()) {
                return;
            }
            for (LogLine line : lines) {
                if (line.offset() >= piece.to()) {
                    return;
                }
                if (line.offset() >= from) {
                    into.add(shown(index, piece, line));
                    left--;
                }
                at = line.end();
            }
        }
    }

    /** A line with its log's name before it, and its place among all. */
    private LogLine shown(int index, Piece piece, LogLine line) {
        StyledLine name = sources.get(piece.source()).name;
        int shift = name.text().length();
        List<StyledLine.Run> runs = new ArrayList<>(name.runs());
        for (StyledLine.Run run : line.line().runs()) {
            runs.add(new StyledLine.Run(run.start() + shift, run.end() + shift, run.style()));
        }
        StyledLine text = new StyledLine(name.text() + line.line().text(), runs);
        long place = starts[index] + line.offset() - piece.from();
        boolean last = index == pieces.size() - 1 && line.end() >= piece.to();
        long end = last ? size : place + (line.end() - line.offset());
        return new LogLine(place, end, text, line.complete(), line.error());
    }

    // Searching

    /**
     * The next line that matches, or the last one before a place.
     *
     * @param place a line's: forward from there on, backward before it
     * @param cancelled asked again and again
     */
    public LogSearch.Result search(
            LogSearch search, long place, boolean forward, BooleanSupplier cancelled)
            throws IOException {
        size();
        long found = -1;
        for (int i = 0; i < sources.size(); i++) {
            LogSearch.Result result = searchOne(search, i, place, forward, cancelled);
            switch (result) {
                case LogSearch.Result.Found(long offset) -> {
                    long at = placeOf(i, offset);
                    boolean nearer = found < 0 || (forward ? at < found : at > found);
                    found = at >= 0 && nearer ? at : found;
                }
                case LogSearch.Result.NotFound() -> {}
                case LogSearch.Result.Cancelled _ -> {
                    return new LogSearch.Result.Cancelled(place);
                }
                case LogSearch.Result.TooHard _ -> {
                    return new LogSearch.Result.TooHard(place);
                }
            }
        }
        return found < 0 ? new LogSearch.Result.NotFound() : new LogSearch.Result.Found(found);
    }

    private LogSearch.Result searchOne(
            LogSearch search, int source, long place, boolean forward, BooleanSupplier cancelled)
            throws IOException {
        LogFile file = sources.get(source).file;
        long offset = offsetIn(source, Math.clamp(place, 0, size));
        if (!forward) {
            return search.backward(file, offset, cancelled);
        }
        boolean within = offset > 0 && file.lineStart(offset) != offset;
        return search.forward(file, within ? file.lineEnd(offset) : offset, cancelled);
    }

    /** How far a log has come at a place. */
    private long offsetIn(int source, long place) {
        int at = pieceAt(place);
        for (int i = at; i >= 0; i--) {
            Piece piece = pieces.get(i);
            if (piece.source() == source) {
                return i == at
                        ? Math.min(piece.to(), piece.from() + (place - starts[i]))
                        : piece.to();
            }
        }
        return 0;
    }

    /** The place of a byte of a log; -1 where it has none yet. */
    private long placeOf(int source, long offset) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.source() == source && offset >= piece.from() && offset < piece.to()) {
                return starts[i] + offset - piece.from();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        for (Source source : sources) {
            source.file.close();
        }
    }
}
