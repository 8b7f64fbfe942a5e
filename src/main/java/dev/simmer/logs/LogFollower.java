package dev.simmer.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from a place on, and further as it grows, and leaves nothing out: each byte that is
 * not a line feed comes once, in order.
 *
 * <p>It holds one buffer of 128 KiB whatever the lines are: a line longer than {@link
 * LogFile#MAX_LINE} comes in pieces, which are cut neither within a letter nor within a short
 * escape sequence. A file that is missing is waited for; one that becomes shorter is read from its
 * start; one that is replaced is read to its end before the new one is begun.
 *
 * <p>What has been given back to the disk before it was read, because the log has a limit, is
 * passed over; in its place comes one line that says so.
 *
 * <p>For one thread at a time.
 */
public final class LogFollower implements AutoCloseable {
    /** Takes lines. */
    @FunctionalInterface
    public interface LineSink {
        /**
         * A line, or a piece of a line that is longer than {@link LogFile#MAX_LINE}.
         *
         * @param bytes the array that holds it, valid during the call only
         * @param from index of its first byte
         * @param to index after its last byte; the line break is not part of it
         * @param ended whether the line ends here; if not, the next call goes on with it
         */
        void line(byte[] bytes, int from, int to, boolean ended) throws IOException;
    }

    /** How far from the end of a piece an escape may start that is kept whole. */
    private static final int ESCAPE_REACH = 64;

    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private long position;

    /** Bytes that were passed over and not told of. */
    private long skipped;

    /** Bytes that were read and not handed over: [begin, end). */
    private final byte[] buffer = new byte[2 * LogFile.MAX_LINE];

    private int begin;
    private int end;

    /** Whether a piece of the present line has been handed over. */
    private boolean inLine;

    /**
     * @param path of the log file; it need not be there yet
     * @param offset where to start, in bytes
     */
    public LogFollower(Path path, long offset) {
        this.path = path;
        this.position = offset;
    }

    /**
     * Hands over the lines that were completed since the last call. When the sink throws, what it
     * was given counts as handed over.
     *
     * @param maxBytes how much to read at most, at least 1
     * @return bytes read; 0 when there is nothing new
     */
    public long poll(long maxBytes, LineSink sink) throws IOException {
        long total = 0;
        handOver(sink);
        while (total < maxBytes) {
            int got = fill((int) Math.min(maxBytes - total, LogFile.MAX_LINE));
            if (skipped > 0) {
                finish(sink);
                byte[] words = Holes.words(skipped).getBytes(StandardCharsets.UTF_8);
                total += skipped;
                skipped = 0;
                sink.line(words, 0, words.length, true);
                continue;
            }
            if (got == 0 && !moveOn(sink)) {
                break;
            }
            total += got;
            handOver(sink);
        }
        return total;
    }

    /**
     * Hands over the last line when it has no line break. For when the writer has ended and {@link
     * #poll} has answered 0.
     */
    public void finish(LineSink sink) throws IOException {
        handOver(sink);
        if (end > begin || inLine) {
            int from = begin;
            int to = end;
            begin = 0;
            end = 0;
            inLine = false;
            sink.line(buffer, from, to, true);
        }
    }

    /**
     * Where a byte of the line that is being handed over stands in the file.
     *
     * @param index in the array that the sink was given; for the time of its call
     */
    public long offsetOf(int index) {
        return position - (end - index);
    }

    /** Offset in the file up to which it has been read. */
    public long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /** Reads on; 0 at the end of the file or where there is none. */
    private int fill(int atMost) throws IOException {
        FileChannel open = channel;
        if (open == null || !open.isOpen()) {
            open = openFile();
            if (open == null) {
                return 0;
            }
        }
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        int got = open.read(ByteBuffer.wrap(buffer, end, atMost), position);
        if (got <= 0 || (buffer[end] == 0 && skip(open))) {
            return 0;
        }
        end += got;
        position += got;
        return got;
    }

    /** Passes over the hole that the position lies in, if it lies in one. */
    private boolean skip(FileChannel open) throws IOException {
        try (Holes holes = new Holes(path)) {
            long data = holes.ahead(position, open.size());
            skipped = data - position;
            position = data;
        }
        return skipped > 0;
    }

    private @Nullable FileChannel openFile() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (!now.isRegularFile()) {
                throw new IOException(path + " is no regular file");
            }
            channel = FileChannel.open(path, StandardOpenOption.READ);
            key = now.fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
        return channel;
    }

    /** At the end of a file: whether another has taken its place, or it has become shorter. */
    private boolean moveOn(LineSink sink) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            return false;
        }
        if (open.size() < position) {
            finish(sink);
            position = 0;
            return true;
        }
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException _) {
            return false;
        }
        if (Objects.equals(now.fileKey(), key) || open.size() > position) {
            return open.size() > position;
        }
        finish(sink);
        close();
        position = 0;
        return true;
    }

    private void handOver(LineSink sink) throws IOException {
        while (true) {
            int lineBreak = Newlines.first(buffer, begin, end);
            if (lineBreak < 0) {
                break;
            }
            int from = begin;
            begin = lineBreak + 1;
            inLine = false;
            sink.line(buffer, from, lineBreak, true);
        }
        if (end - begin >= LogFile.MAX_LINE) {
            int from = begin;
            begin = pieceEnd(buffer, from, end);
            inLine = true;
            sink.line(buffer, from, begin, false);
        }
    }

    /** Where to cut a line that goes on: before an escape or a letter that may not be whole. */
    private static int pieceEnd(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= Math.max(from + 1, to - ESCAPE_REACH); i--) {
            if (bytes[i] == 0x1b) {
                return i;
            }
        }
        for (int i = to - 1; i >= Math.max(from + 1, to - 4); i--) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return bytes[i] < 0 ? i : to;
            }
        }
        return to;
    }
}
