package dev.simmer.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log file of any size, read in place while another process writes to it. A missing file is an
 * empty one, and one that is replaced is opened again.
 *
 * <p>A line ends with a line feed; the last one may have none yet. Only the pieces that an answer
 * needs are read, so every place of a file is equally near; the memory held is one buffer of 128
 * KiB. A line longer than {@link #MAX_LINE} is decoded in part, but its end and its start are
 * found: that reads over it once, and the place is remembered.
 *
 * <p>NUL bytes are no letters: a line that starts with them shows what comes after. Holes are
 * passed over where the system tells where they are. A hole at the beginning is output that was
 * given back to the disk, because the log has a limit: in its place comes one line that says so,
 * and after it what is left of the line that the hole has cut.
 *
 * <p>For one thread at a time. A thread that is interrupted while it reads gets a {@link
 * java.nio.channels.ClosedByInterruptException}; the next call opens the file again.
 */
public final class LogFile implements AutoCloseable {
    /**
     * Bytes of one line that are decoded; the rest of a longer line is passed over. Of a longer
     * line that is being rewritten by carriage returns, it is the end that is decoded.
     */
    public static final int MAX_LINE = 64 * 1024;

    private static final int BUFFER = 2 * MAX_LINE;
    private static final int FIRST_STEP = 8 * 1024;

    /** How much of a long line's end is looked at for carriage returns. */
    private static final int REWRITTEN = 8 * 1024;

    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private long size;
    private long modified;
    private long generation;
    private long gone;
    private final BareSpans bare = new BareSpans();

    /** A piece of the file, valid during one call: the bytes of [start, start + count). */
    private final byte[] window = new byte[BUFFER];

    private long windowStart;
    private int windowCount;

    private LogFile(Path path) {
        this.path = path;
    }

    /**
     * Names a log for reading; nothing is opened before the first call that reads.
     *
     * @param path of the file; it need not be there yet
     */
    public static LogFile open(Path path) {
        return new LogFile(path);
    }

    /**
     * Bytes in the file now; 0 where it is missing.
     *
     * @throws IOException when it is there and cannot be read, or is no regular file
     */
    public long size() throws IOException {
        return refresh();
    }

    /**
     * Counts how often the file was replaced, cut or taken away since it was opened here, as far as
     * calls before have seen it: offsets from before a change mean nothing after it.
     */
    public long generation() {
        return generation;
    }

    /**
     * How many bytes at the beginning have been given back to the disk, as of the last call that
     * read; 0 where it is whole.
     */
    public long gone() {
        return gone;
    }

    /** When it was last written, in milliseconds since 1970, as of the last call that read. */
    long modifiedMillis() {
        return modified;
    }

    /** The last lines, in order; the last one may be unfinished. Fewer where there are fewer. */
    public List<LogLine> tail(int rows) throws IOException {
        return before(Long.MAX_VALUE, rows);
    }

    /**
     * The lines that end at or before an offset, in order. At the end of the file (or beyond) the
     * unfinished line is one of them.
     */
    public List<LogLine> before(long offset, int rows) throws IOException {
        long total = refresh();
        long end = Math.min(offset, total);
        if (end < gone || end <= 0 || rows <= 0) {
            return List.of();
        }
        if (end < total) {
            end = lastBreak(end) + 1;
        }
        long start = end;
        for (int i = 0; i < rows && start > 0; i++) {
            start = lastBreak(start - 1) + 1;
        }
        return lines(start, end, rows);
    }

    /** The lines from a line's start on, in order. */
    public List<LogLine> from(long offset, int rows) throws IOException {
        long total = refresh();
        return lines(Math.max(0, offset), total, rows);
    }

    /**
     * Where the line starts that holds the byte at an offset; for the end of the file or beyond,
     * where the unfinished line starts, or would.
     */
    public long lineStart(long offset) throws IOException {
        long total = refresh();
        return lastBreak(Math.clamp(offset, 0, total)) + 1;
    }

    /** Offset after the line that holds the byte at an offset, its line break included. */
    long lineEnd(long offset) throws IOException {
        long lineBreak = firstBreak(offset, size);
        return lineBreak < 0 ? size : lineBreak + 1;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        key = null;
        if (open != null) {
            open.close();
        }
    }

    // The file itself

    /** Looks whether the file is still the same one; answers its size. */
    long refresh() throws IOException {
        windowCount = 0;
        BasicFileAttributes now = attributes();
        if (now == null) {
            if (channel != null) {
                close();
                changed();
            }
            size = 0;
            return 0;
        }
        modified = now.lastModifiedTime().toMillis();
        FileChannel open = channel;
        if (open == null || !open.isOpen() || !Objects.equals(key, now.fileKey())) {
            boolean replaced = key != null && !Objects.equals(key, now.fileKey());
            close();
            try {
                open = FileChannel.open(path, StandardOpenOption.READ);
            } catch (NoSuchFileException _) {
                size = 0;
                return 0;
            }
            channel = open;
            key = now.fileKey();
            if (replaced) {
                changed();
            }
        }
        long current = open.size();
        if (current < size) {
            changed();
        }
        size = current;
        gone = Holes.beginning(open, path, gone, current);
        return current;
    }

    private void changed() {
        generation++;
        size = 0;
        gone = 0;
        bare.clear();
    }

    private @Nullable BasicFileAttributes attributes() throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException _) {
            return null;
        }
        if (!now.isRegularFile()) {
            throw new IOException(path + " is no regular file");
        }
        return now;
    }

    /**
     * Reads bytes at an offset, as many as there are up to a number, without {@link #refresh}.
     *
     * @return how many were read; fewer only at the end of the file
     */
    int read(long offset, byte[] into, int count) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            return 0;
        }
        ByteBuffer target = ByteBuffer.wrap(into, 0, count);
        while (target.hasRemaining()) {
            if (open.read(target, offset + target.position()) < 0) {
                break;
            }
        }
        return target.position();
    }

    private void load(long from, long to) throws IOException {
        windowStart = from;
        windowCount = 0;
        windowCount = read(from, window, (int) Math.min(BUFFER, to - from));
    }

    // Line breaks

    /**
     * Offset of the last line feed before an offset, -1 where there is none; the hole at the
     * beginning ends with one.
     */
    private long lastBreak(long offset) throws IOException {
        if (offset < gone) {
            return -1;
        }
        long found = gone - 1;
        long at = offset;
        int step = FIRST_STEP;
        while (at > gone) {
            long known = bare.back(at);
            if (known < at) {
                at = known;
                continue;
            }
            if (at <= windowStart || at > windowStart + windowCount || windowStart < gone) {
                load(Math.max(gone, at - step), at);
                step = Math.min(BUFFER, 2 * step);
            }
            int upTo = (int) Math.min(windowCount, at - windowStart);
            int i = Newlines.last(window, 0, upTo);
            if (i >= 0) {
                found = windowStart + i;
                break;
            }
            at = isBlank() ? holeBack(windowStart) : windowStart;
        }
        bare.add(found + 1, offset);
        return found;
    }

    /** Offset of the first line feed from an offset on, -1 where there is none before the limit. */
    private long firstBreak(long offset, long limit) throws IOException {
        if (offset < gone) {
            return gone - 1;
        }
        long at = offset;
        while (at < limit) {
            long known = bare.ahead(at);
            if (known > at) {
                at = known;
                continue;
            }
            load(at, limit);
            int i = Newlines.first(window, 0, windowCount);
            if (i >= 0 || windowCount == 0) {
                bare.add(offset, i >= 0 ? at + i : at);
                return i >= 0 ? at + i : -1;
            }
            at = isBlank() ? holeAhead(at + windowCount, limit) : at + windowCount;
        }
        bare.add(offset, Math.min(at, limit));
        return -1;
    }

    /** Whether the buffer is full of NUL bytes, as it is within a hole. */
    private boolean isBlank() {
        return windowCount == BUFFER && Newlines.firstData(window, 0, BUFFER) == BUFFER;
    }

    private long holeBack(long to) {
        try (Holes holes = new Holes(path)) {
            return holes.back(to);
        }
    }

    private long holeAhead(long from, long limit) {
        try (Holes holes = new Holes(path)) {
            return holes.ahead(from, limit);
        }
    }

    // Lines

    private List<LogLine> lines(long offset, long limit, int rows) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        long at = offset;
        while (lines.size() < rows && at < limit) {
            LogLine line = line(at, limit);
            if (line == null) {
                break;
            }
            lines.add(line);
            at = line.end();
        }
        return lines;
    }

    /** The line at an offset; null where the file has become shorter meanwhile. */
    private @Nullable LogLine line(long at, long limit) throws IOException {
        if (at < gone) {
            return new LogLine(0, gone, new StyledLine(Holes.words(gone), List.of()), true);
        }
        int end = inWindow(at) ? Newlines.first(window, indexOf(at), windowCount) : -1;
        if (end < 0) {
            load(at, limit);
            end = Newlines.first(window, 0, windowCount);
        }
        if (windowCount == 0) {
            return null;
        }
        int start = indexOf(at);
        if (end >= 0 && end - start <= MAX_LINE) {
            StyledLine text = TerminalText.line(window, start, end);
            return new LogLine(at, windowStart + end + 1, text, true);
        }
        long stop = windowStart + windowCount;
        boolean atEnd = end < 0 && (stop >= limit || windowCount < BUFFER);
        if (atEnd && windowCount <= MAX_LINE) {
            return new LogLine(at, stop, TerminalText.line(window, start, windowCount), false);
        }
        long lineBreak = end >= 0 ? windowStart + end : atEnd ? -1 : firstBreak(stop, limit);
        long contentEnd = lineBreak >= 0 ? lineBreak : Math.max(stop, atEnd ? stop : limit);
        StyledLine text = longLine(at, contentEnd);
        return new LogLine(at, lineBreak >= 0 ? lineBreak + 1 : contentEnd, text, lineBreak >= 0);
    }

    private boolean inWindow(long at) {
        return at >= windowStart && at < windowStart + windowCount;
    }

    private int indexOf(long at) {
        return (int) (at - windowStart);
    }

    private StyledLine longLine(long from, long to) throws IOException {
        load(Math.max(from, to - REWRITTEN), to);
        int count = windowCount;
        while (count > 0 && window[count - 1] == '\r') {
            count--;
        }
        for (int i = 0; i < count; i++) {
            if (window[i] == '\r') {
                return TerminalText.line(window, i, count);
            }
        }
        long start = from;
        load(start, to);
        while (windowCount > 0 && Newlines.firstData(window, 0, windowCount) == windowCount) {
            start = isBlank() ? holeAhead(start + windowCount, to) : start + windowCount;
            load(start, to);
        }
        int first = Newlines.firstData(window, 0, windowCount);
        return TerminalText.line(window, first, Math.min(windowCount, first + MAX_LINE));
    }
}
