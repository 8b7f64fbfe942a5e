package dev.simmer.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The last line of a log file that is not blank, for a table of many tasks: it holds no file open,
 * looks at the file's size and time first, and reads its end once when they have changed. For one
 * thread at a time.
 */
public final class LastLine {
    /** Bytes of the end that are read; a second reading takes 16 times as many. */
    private static final int END = 4 * 1024;

    private final Path path;
    private long size = -1;
    private @Nullable FileTime time;
    private @Nullable Object key;
    private StyledLine last = StyledLine.EMPTY;
    private OptionalInt progress = OptionalInt.empty();

    /**
     * @param path of the log file; it need not be there yet
     */
    public LastLine(Path path) {
        this.path = path;
    }

    /**
     * Reads the end of the file, or answers from memory when the file has not changed. A line that
     * is longer than the end shows the part that lies in it.
     *
     * @return the line, unfinished or not; {@link StyledLine#EMPTY} where the last 64 KiB hold none
     * @throws IOException when the file is there and cannot be read
     */
    public StyledLine read() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (!now.isRegularFile()) {
                throw new IOException(path + " is no regular file");
            }
            boolean same =
                    now.size() == size
                            && now.lastModifiedTime().equals(time)
                            && Objects.equals(now.fileKey(), key);
            if (!same) {
                last = now.size() == 0 ? StyledLine.EMPTY : readEnd();
                size = now.size();
                time = now.lastModifiedTime();
                key = now.fileKey();
            }
        } catch (NoSuchFileException _) {
            size = -1;
            last = StyledLine.EMPTY;
            progress = OptionalInt.empty();
        }
        return last;
    }

    /**
     * What the end that was read last tells of the program's progress, see {@link
     * OscProgress#newest}.
     */
    public OptionalInt progress() {
        return progress;
    }

    private StyledLine readEnd() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long total = file.size();
            StyledLine found = lastIn(file, total, END);
            return found.text().isEmpty() && total > END ? lastIn(file, total, 16 * END) : found;
        }
    }

    private StyledLine lastIn(FileChannel file, long total, int count) throws IOException {
        long from = Math.max(0, total - count);
        ByteBuffer end = ByteBuffer.allocate((int) (total - from));
        while (end.hasRemaining() && file.read(end, from + end.position()) >= 0) {}
        byte[] bytes = end.array();
        int to = end.position();
        progress = OscProgress.newest(bytes, to);
        while (to > 0) {
            int lineBreak = Newlines.last(bytes, 0, to);
            boolean cut = lineBreak < 0 && from > 0;
            int start = cut ? whole(bytes, to) : lineBreak + 1;
            StyledLine line = TerminalText.line(bytes, start, to);
            if (!line.text().isBlank()) {
                return line;
            }
            to = lineBreak;
        }
        return StyledLine.EMPTY;
    }

    /** Where to begin in a line whose start is not there: after a return, or with a letter. */
    private static int whole(byte[] bytes, int to) {
        int start = 0;
        while (start < to && start < 3 && (bytes[start] & 0xc0) == 0x80) {
            start++;
        }
        int end = to;
        while (end > 0 && bytes[end - 1] == '\r') {
            end--;
        }
        byte[] within = Arrays.copyOf(bytes, end);
        for (int i = 0; i < within.length; i++) {
            if (within[i] == '\r') {
                return i;
            }
        }
        return start;
    }
}
