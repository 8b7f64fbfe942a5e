package dev.simmer.headless;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output, buffered, and standard error, which is written at once and after what was
 * written to standard output before it; so both read in order where they go to the same place. Used
 * by one thread.
 */
final class Outlets {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final OutputStream out;
    private final OutputStream err;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;

    /**
     * @param out unbuffered, best: what it is given it gets in large pieces
     * @param err the same
     */
    Outlets(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    /** Writes to standard output, by and by. */
    void out(String text) throws OutputGone {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        while (from < bytes.length) {
            if (used == buffer.length) {
                send();
            }
            int piece = Math.min(bytes.length - from, buffer.length - used);
            System.arraycopy(bytes, from, buffer, used, piece);
            used += piece;
            from += piece;
        }
    }

    /** Writes a line to standard error. Nobody is told when that fails: there is no place left. */
    void err(String line) throws OutputGone {
        flush();
        try {
            err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Standard output and the exit code still tell.
        }
    }

    /** Sends on what was written to standard output. */
    void flush() throws OutputGone {
        if (used > 0) {
            send();
        }
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputGone(e);
        }
    }

    private void send() throws OutputGone {
        try {
            out.write(buffer, 0, used);
            used = 0;
        } catch (IOException e) {
            throw new OutputGone(e);
        }
    }
}
