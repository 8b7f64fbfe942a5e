package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The turn to change a file, among this process's threads and among processes.
 *
 * <p>Among processes it is an fcntl(2) lock on a file beside it, which goes with its holder. The
 * lock file is removed at the end of each turn, so that nothing is left in the user's folder. One
 * who waited for a file that was removed meanwhile holds a lock on nothing; to notice, each holder
 * makes the lock file's size a random number and looks whether the file of that name has it. (The
 * inode would tell too, but Java cannot ask a channel for it, and opening the file a second time to
 * compare would drop the lock when that one is closed.)
 */
final class FileTurn implements AutoCloseable {
    private static final long MAX_PAUSE_MILLIS = 40;
    private static final int SIZES = 1 << 20;
    private static final ReentrantLock[] OF_THREADS =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    private final SafeFolder folder;
    private final String name;
    private final SeekableByteChannel channel;
    private final ReentrantLock threads;

    private FileTurn(
            SafeFolder folder, String name, SeekableByteChannel channel, ReentrantLock threads) {
        this.folder = folder;
        this.name = name;
        this.channel = channel;
        this.threads = threads;
    }

    /**
     * Waits for the turn.
     *
     * @param file the file's real path
     * @param folder its folder, open until after this is closed
     * @throws IOException where it does not come within the limit
     */
    static FileTurn take(Path file, SafeFolder folder, Duration limit) throws IOException {
        ReentrantLock threads = OF_THREADS[Math.floorMod(file.hashCode(), OF_THREADS.length)];
        long deadline = System.nanoTime() + limit.toNanos();
        String name = String.format(Locale.ROOT, ".%s.lock", file.getFileName());
        try {
            if (!threads.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(name, limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileSystemException(name, null, "interrupted while it waited for its turn");
        }
        try {
            return new FileTurn(folder, name, opened(folder, name, deadline, limit), threads);
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static SeekableByteChannel opened(
            SafeFolder folder, String name, long deadline, Duration limit) throws IOException {
        while (true) {
            SeekableByteChannel channel =
                    folder.channel(
                            name,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS));
            try {
                if (locked(channel, name, deadline, limit) && marked(folder, name, channel)) {
                    return channel;
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
            if (System.nanoTime() > deadline) {
                throw busy(name, limit);
            }
        }
    }

    private static boolean locked(
            SeekableByteChannel channel, String name, long deadline, Duration limit)
            throws IOException {
        if (!(channel instanceof FileChannel file)) {
            throw new FileSystemException(name, null, "this file system has no locks");
        }
        long pause = 1;
        while (true) {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                throw busy(name, limit);
            }
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(1, pause + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FileSystemException(name, null, "interrupted while it waited");
            }
            pause = Math.min(pause * 2, MAX_PAUSE_MILLIS);
        }
    }

    private static boolean marked(SafeFolder folder, String name, SeekableByteChannel channel)
            throws IOException {
        long size = ThreadLocalRandom.current().nextLong(1, SIZES);
        channel.truncate(0);
        channel.position(size - 1);
        channel.write(ByteBuffer.allocate(1));
        Optional<BasicFileAttributes> there = folder.attributes(name);
        return there.isPresent() && there.get().size() == size;
    }

    private static IOException busy(String name, Duration limit) {
        return new FileSystemException(
                name, null, "another one has held its lock for " + limit.toSeconds() + " s");
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            folder.delete(name);
        } finally {
            threads.unlock();
        }
    }
}
