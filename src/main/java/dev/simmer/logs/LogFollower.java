package dev.simmer.logs;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a log from start to end, and on as it grows. For one thread. */
@SuppressWarnings("UnusedVariable")
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

    /**
     * @param path of the log file; it need not be there yet
     * @param offset where to start, in bytes
     */
    public LogFollower(Path path, long offset) {}

    /**
     * Hands over the lines that were completed since the last call.
     *
     * @param maxBytes how much to read at most, at least 1
     * @return bytes read; 0 when there is nothing new
     */
    public long poll(long maxBytes, LineSink sink) throws IOException {
        return 0;
    }

    /** Hands over the last line when it has no line break: for when the writer has ended. */
    public void finish(LineSink sink) throws IOException {}

    @Override
    public void close() throws IOException {}
}
