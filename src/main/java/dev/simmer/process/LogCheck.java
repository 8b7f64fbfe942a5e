package dev.simmer.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a line of a growing file matches. Each byte is read once; of a line of more than 64 KiB
 * the front is looked at and the rest skipped.
 */
final class LogCheck implements Probing.Check {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int LINE_BYTES = 1 << 16;

    private final Path log;
    private final Pattern pattern;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    private byte[] line = new byte[256];
    private int length;
    private long position;
    private @Nullable FileChannel channel;

    LogCheck(Path log, Pattern pattern) {
        this.log = log;
        this.pattern = pattern;
    }

    @Override
    public boolean passes() throws InterruptedException {
        try {
            FileChannel from = channel;
            if (from == null) {
                from =
                        FileChannel.open(
                                log, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                channel = from;
            }
            return matchesWhatIsNew(from);
        } catch (IOException e) {
            // Not there yet, or for a moment unreadable: the next look tells.
            return false;
        }
    }

    private boolean matchesWhatIsNew(FileChannel from) throws IOException, InterruptedException {
        boolean grown = false;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            chunk.clear();
            int got = from.read(chunk, position);
            if (got <= 0) {
                break;
            }
            if (chunk.get(0) == 0 && skipHole()) {
                continue;
            }
            position += got;
            grown = true;
            if (take(got)) {
                return true;
            }
        }
        return grown && matches();
    }

    /** Passes over what a log limit has given back to the disk. */
    private boolean skipHole() {
        Posix posix = new Posix();
        int fd = posix.open(PathBytes.of(log), Posix.O_RDONLY | Posix.O_NOFOLLOW);
        long data = fd < 0 ? fd : posix.seek(fd, position, Posix.SEEK_DATA);
        if (fd >= 0) {
            posix.close(fd);
        }
        if (data <= position) {
            return false;
        }
        position = data;
        length = 0;
        return true;
    }

    private boolean take(int got) {
        byte[] bytes = chunk.array();
        int start = 0;
        for (int i = 0; i < got; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i);
                if (matches()) {
                    return true;
                }
                length = 0;
                start = i + 1;
            }
        }
        append(bytes, start, got);
        return false;
    }

    private void append(byte[] bytes, int from, int to) {
        int count = Math.min(to - from, LINE_BYTES - length);
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
        }
        System.arraycopy(bytes, from, line, length, count);
        length += count;
    }

    private boolean matches() {
        return OutputSearch.lineMatches(line, 0, length, pattern);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It was only read.
            return;
        }
    }
}
