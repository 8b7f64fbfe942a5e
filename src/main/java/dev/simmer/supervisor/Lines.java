package dev.simmer.supervisor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines to and from a supervisor. One thread reads; another may write. A line that comes is as long
 * as the supervisor makes it, which is the user's own program.
 */
final class Lines implements AutoCloseable {
    private static final int CAPACITY = 16 << 10;
    private static final int SLICE = 64 << 10;

    private final SocketChannel channel;
    private @Nullable Selector selector;
    private byte[] held = new byte[CAPACITY];
    private int start;
    private int looked;
    private int end;

    Lines(SocketChannel channel) {
        this.channel = channel;
    }

    /** Writes a line that has its end already; waits where it must. */
    void write(byte[] line) throws IOException {
        for (int from = 0; from < line.length; from += SLICE) {
            ByteBuffer piece = ByteBuffer.wrap(line, from, Math.min(SLICE, line.length - from));
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
    }

    /**
     * Waits for the next line, without its end.
     *
     * @throws EOFException where the supervisor has closed the connection
     */
    byte[] read() throws IOException {
        byte[] line = read(Long.MAX_VALUE);
        if (line == null) {
            throw new EOFException("no line in a very long time");
        }
        return line;
    }

    /**
     * Waits for the next line for a limited time. From the first call on nothing can be written.
     *
     * @param nanos Long.MAX_VALUE: without a limit
     * @return null where none came in time
     */
    byte @Nullable [] read(long nanos) throws IOException {
        long deadline = nanos == Long.MAX_VALUE ? 0 : System.nanoTime() + nanos;
        while (true) {
            while (looked < end) {
                if (held[looked++] == '\n') {
                    byte[] line = Arrays.copyOfRange(held, start, looked - 1);
                    start = looked;
                    return line;
                }
            }
            if (nanos != Long.MAX_VALUE && !awaits(deadline)) {
                return null;
            }
            fill();
        }
    }

    /** Whether there is something to read before the deadline. */
    private boolean awaits(long deadline) throws IOException {
        if (selector == null) {
            selector = Selector.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        selector.selectedKeys().clear();
        long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        return (millis <= 0 ? selector.selectNow() : selector.select(millis)) > 0;
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(held, start, held, 0, end - start);
            end -= start;
            looked -= start;
            start = 0;
        }
        if (end == held.length) {
            held = Arrays.copyOf(held, held.length * 2);
        }
        if (selector != null) {
            // Without a limit, after reading with one.
            selector.selectedKeys().clear();
            selector.select();
        }
        int room = Math.min(SLICE, held.length - end);
        int count = channel.read(ByteBuffer.wrap(held, end, room));
        if (count < 0) {
            throw new EOFException("the supervisor has closed the connection");
        }
        end += count;
    }

    @Override
    public void close() {
        try {
            if (selector != null) {
                selector.close();
            }
            channel.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
