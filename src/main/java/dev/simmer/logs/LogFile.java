package dev.simmer.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A log file. */
@SuppressWarnings("UnusedVariable")
public final class LogFile implements AutoCloseable {
    /** Bytes of one line that are decoded; the rest of a longer line is passed over. */
    public static final int MAX_LINE = 64 * 1024;

    private LogFile(Path path) {}

    /**
     * Opens a log for reading.
     *
     * @param path of the file; it need not be there yet
     */
    public static LogFile open(Path path) {
        return new LogFile(path);
    }

    /** Bytes in the file now; 0 where it is missing. */
    public long size() throws IOException {
        return 0;
    }

    /**
     * Counts how often the file was replaced or cut: offsets from before a change mean nothing
     * after it.
     */
    public long generation() throws IOException {
        return 0;
    }

    /** The last lines, in order; the last one may be unfinished. */
    public List<LogLine> tail(int rows) throws IOException {
        return before(size(), rows);
    }

    /** The lines that end at or before an offset, in order. */
    public List<LogLine> before(long offset, int rows) throws IOException {
        return List.of();
    }

    /** The lines from a line's start on, in order. */
    public List<LogLine> from(long offset, int rows) throws IOException {
        return List.of();
    }

    /** Where the line starts that holds the byte at an offset. */
    public long lineStart(long offset) throws IOException {
        return 0;
    }

    @Override
    public void close() throws IOException {}
}
