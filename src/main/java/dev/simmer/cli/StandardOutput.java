package dev.simmer.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output of a command: collects what is written until there is much of it or {@link
 * #flush} is called, and keeps the first failure, which most writers have no use for and the
 * command's end tells of. After a failure nothing more is written. For any thread.
 */
final class StandardOutput extends OutputStream {
    private static final int BUFFER = 16 * 1024;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private @Nullable IOException failure;

    /**
     * @param out unbuffered
     */
    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** Why it could not be written; empty where that is no error, as its reader has left. */
    synchronized Optional<String> trouble() {
        if (failure == null) {
            return Optional.empty();
        }
        // Java tells errors of the system by their words alone.
        String words = String.valueOf(failure.getMessage());
        return words.contains("Broken pipe") ? Optional.empty() : Optional.of(words);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (length > BUFFER - filled) {
            drain();
        }
        if (length > BUFFER) {
            pass(bytes, from, length);
        } else {
            System.arraycopy(bytes, from, buffer, filled, length);
            filled += length;
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        drain();
        if (failure == null) {
            out.flush();
        }
    }

    private void drain() throws IOException {
        int length = filled;
        filled = 0;
        if (length > 0) {
            pass(buffer, 0, length);
        }
    }

    private void pass(byte[] bytes, int from, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
