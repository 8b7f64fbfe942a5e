package dev.simmer.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes beside a log when it was how long, so that its lines have a time: entries of 16 bytes, the
 * milliseconds since 1970 and the size then, both big-endian.
 *
 * <p>There is one entry a second at most and {@value #MOST} in all. When there are as many, each
 * second one of the older half goes: what was written lately is known to the second, what is old
 * less well. An entry that cannot be written is left out. For the keeper's thread.
 */
final class LogTimes {
    private static final int ENTRY = 16;

    /** A little more than two hours of a log that grows all the time. */
    static final int MOST = 8 * 1024;

    private static final long SECOND_NANOS = 1_000_000_000;

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final byte[] file;
    private final byte[] entry = new byte[ENTRY];
    private long entries = -1;
    private long notedSize;
    private long notedNanos;

    LogTimes(Path log) {
        path = log.resolveSibling(RunFolder.TIMES);
        file = PathBytes.of(path);
    }

    /**
     * Notes how long the log is, where that is news and the last entry is a second old.
     *
     * @param modified when it was last written, in milliseconds since 1970
     * @param now by {@link System#nanoTime}
     * @param last whether nobody will look again
     * @return nanoseconds until it can be noted; 0 where it is
     */
    long note(Posix posix, long size, long modified, long now, boolean last) {
        if (size == notedSize) {
            return 0;
        }
        long wait = notedNanos + SECOND_NANOS - now;
        if (entries >= 0 && wait > 0 && !last) {
            return wait;
        }
        notedSize = size;
        notedNanos = now;
        if (entries < 0) {
            entries = posix.stat(file) == 0 ? posix.size / ENTRY : 0;
        }
        if (entries >= MOST) {
            thin();
        }
        ByteBuffer.wrap(entry).putLong(modified).putLong(size);
        int fd = posix.create(file);
        if (fd >= 0) {
            posix.seek(fd, entries * ENTRY, Posix.SEEK_SET);
            entries += posix.write(fd, entry, 0) == ENTRY ? 1 : 0;
            posix.close(fd);
        }
        return 0;
    }

    private void thin() {
        try {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path));
            int count = all.limit() / ENTRY;
            ByteBuffer kept = ByteBuffer.allocate(count * ENTRY);
            for (int i = 0; i < count; i++) {
                if (i >= count / 2 || i % 2 == 1) {
                    kept.put(all.slice(i * ENTRY, ENTRY));
                }
            }
            kept.flip();
            byte[] bytes = new byte[kept.limit()];
            kept.get(bytes);
            Path made = path.resolveSibling(RunFolder.NEW_TIMES);
            Files.deleteIfExists(made);
            Files.write(Files.createFile(made, OWNERS), bytes);
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
            entries = bytes.length / ENTRY;
        } catch (IOException _) {
            // It begins again: new times count for more than old ones.
            entries = 0;
        }
    }
}
