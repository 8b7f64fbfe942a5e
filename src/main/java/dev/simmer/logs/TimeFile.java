package dev.simmer.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a log that says when it was how long. Reads only what is new since the last look,
 * and holds nothing open. For one thread at a time.
 */
public final class TimeFile {
    /** Name of the file, in the folder of the log {@value #LOG}. */
    public static final String NAME = "times";

    private static final String LOG = "output.log";

    /** More than is ever written. */
    private static final int MOST_BYTES = 1 << 20;

    private final @Nullable Path path;
    private @Nullable Object key;
    private long read;
    private TimeIndex index = TimeIndex.NOTHING;

    /**
     * @param log whose times are wanted; only a log that is called {@value #LOG} has some
     */
    public TimeFile(Path log) {
        Path name = log.getFileName();
        boolean has = name != null && name.toString().equals(LOG);
        this.path = has ? log.resolveSibling(NAME) : null;
    }

    /** What is known now; nothing where there is no such file, or it cannot be read. */
    public TimeIndex look() {
        Path file = path;
        if (file == null) {
            return index;
        }
        try {
            BasicFileAttributes now =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean same = Objects.equals(key, now.fileKey()) && now.size() >= read;
            if (!same) {
                index = TimeIndex.NOTHING;
                read = 0;
                key = now.fileKey();
            }
            if (now.isRegularFile() && now.size() - read >= TimeIndex.ENTRY) {
                more(file, Math.min(now.size(), MOST_BYTES));
            }
        } catch (NoSuchFileException _) {
            index = TimeIndex.NOTHING;
            read = 0;
        } catch (IOException _) {
            // Times are shown where they are known; the log itself tells of what is wrong.
            return index;
        }
        return index;
    }

    private void more(Path file, long size) throws IOException {
        int want = (int) ((size - read) / TimeIndex.ENTRY * TimeIndex.ENTRY);
        ByteBuffer entries = ByteBuffer.allocate(Math.max(0, want));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (entries.hasRemaining()
                    && channel.read(entries, read + entries.position()) > 0) {}
        }
        entries.flip();
        entries.limit(entries.limit() / TimeIndex.ENTRY * TimeIndex.ENTRY);
        read += entries.limit();
        index = index.with(entries);
    }
}
