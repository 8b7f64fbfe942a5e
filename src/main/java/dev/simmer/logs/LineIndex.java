package dev.simmer.logs;

import java.io.IOException;
import java.util.OptionalLong;

/** Line numbers of a log file, counted as needed. Lines count from 0. For one thread. */
@SuppressWarnings("UnusedVariable")
public final class LineIndex {
    private final LogFile file;

    public LineIndex(LogFile file) {
        this.file = file;
    }

    /**
     * Counts on from where the last call stopped.
     *
     * @param maxBytes how much to read at most
     * @return bytes read; 0 when the end of the file is reached
     */
    public long advance(long maxBytes) throws IOException {
        return 0;
    }

    /** How far the index reaches, in bytes from the start of the file. */
    public long indexedBytes() {
        return 0;
    }

    /** Line breaks in the part that is indexed. */
    public long lines() {
        return 0;
    }

    /** Where a line starts; empty where the index does not reach it yet. */
    public OptionalLong offsetOf(long line) throws IOException {
        return OptionalLong.empty();
    }

    /** Which line holds the byte at an offset; empty where the index does not reach it yet. */
    public OptionalLong lineOf(long offset) throws IOException {
        return OptionalLong.empty();
    }
}
