package dev.simmer.supervisor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to be a home's supervisor: a lock on a file, which goes with the process that holds it.
 * Taken before the home's store is opened.
 *
 * <p>The lock is fcntl(2)'s: the system drops it when its process ends, however that happens, and a
 * child process does not inherit it. It would also be dropped when this process closed any other
 * channel to the file; so nothing else opens it, and what is to be known of its holder is in a file
 * of its own.
 */
public final class HomeLock implements AutoCloseable {
    private static final long ANOTHER_LOOK_MILLIS = 20;
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final SupervisorFiles files;
    private final FileChannel channel;
    private boolean closed;

    private HomeLock(SupervisorFiles files, FileChannel channel) {
        this.files = files;
        this.channel = channel;
    }

    /**
     * Takes the lock, and makes the home (mode 0700) where it is missing.
     *
     * @param limit how long to wait for a supervisor that is about to end
     * @throws SupervisorFailure of the kind ALREADY_RUNNING where one answers or does not end;
     *     UNUSABLE where the home is not writable or another user's
     */
    public static HomeLock claim(SupervisorFiles files, Duration limit) throws SupervisorFailure {
        Ownership.makePrivate(files.home(), true);
        if (!HELD.add(files.lock())) {
            throw running(files, "this process is its supervisor");
        }
        try {
            FileChannel channel =
                    FileChannel.open(
                            files.lock(),
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS),
                            Ownership.mode("rw-------"));
            try {
                take(files, channel, limit);
                HomeLock lock = new HomeLock(files, channel);
                lock.introduce();
                return lock;
            } catch (IOException | SupervisorFailure e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            HELD.remove(files.lock());
            throw Ownership.unusable(files.lock(), Ownership.reason(e));
        } catch (SupervisorFailure e) {
            HELD.remove(files.lock());
            throw e;
        }
    }

    /**
     * Whoever holds the lock is up, coming up, or about to end; only the last makes waiting worth
     * while, and which of them it is shows by its socket.
     */
    private static void take(SupervisorFiles files, FileChannel channel, Duration limit)
            throws IOException, SupervisorFailure {
        long deadline = System.nanoTime() + limit.toNanos();
        while (channel.tryLock() == null) {
            Optional<Holder> holder = Holder.read(files);
            String who = holder.map(each -> "process " + each.pid()).orElse("another process");
            if (holder.isPresent() && Sockets.accepts(holder.get().socket())) {
                throw running(files, who + " is its supervisor");
            }
            if (System.nanoTime() - deadline >= 0) {
                throw running(
                        files, who + " holds " + files.lock() + " and does not answer; end it");
            }
            try {
                Thread.sleep(ANOTHER_LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw running(files, "interrupted while waiting for " + who + " to end");
            }
        }
    }

    /**
     * Waits until no supervisor holds the lock, and so until one that was told to end has closed
     * its store. For a process that is not the home's supervisor.
     *
     * @param limit for how long
     * @return whether nobody holds it
     */
    public static boolean awaitFree(SupervisorFiles files, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (FileChannel channel =
                FileChannel.open(
                        files.lock(),
                        Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            while (channel.tryLock() == null) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                Thread.sleep(ANOTHER_LOOK_MILLIS);
            }
            return true;
        } catch (IOException e) {
            // There is no lock to hold, or it is not ours to ask for.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SupervisorFailure running(SupervisorFiles files, String what) {
        return new SupervisorFailure(
                SupervisorFailure.Kind.ALREADY_RUNNING,
                "the home " + files.home() + " has a supervisor already: " + what);
    }

    private void introduce() throws IOException {
        String text = ProcessHandle.current().pid() + "\n" + files.socket() + "\n";
        Path fresh = files.home().resolve("supervisor.pid.new");
        Files.deleteIfExists(fresh);
        try (FileChannel to =
                FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        Ownership.mode("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }
        Files.move(fresh, files.holder(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the supervisor is met. */
    public SupervisorFiles files() {
        return files;
    }

    /** Gives the right up. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Files.deleteIfExists(files.holder());
        } catch (IOException e) {
            // It is not believed without the lock.
        }
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process then.
        }
        HELD.remove(files.lock());
    }

    /**
     * Who holds the lock, or held it last.
     *
     * @param pid its process
     * @param socket where it listens, once it does
     */
    record Holder(long pid, Path socket) {
        /** What the holder wrote down; empty where there is nothing, or nothing that is whole. */
        static Optional<Holder> read(SupervisorFiles files) {
            try {
                if (Ownership.userIdOf(files.holder()) != Ownership.userId()) {
                    return Optional.empty();
                }
                List<String> lines = Files.readAllLines(files.holder());
                if (lines.size() == 2 && lines.getLast().startsWith("/")) {
                    return Optional.of(
                            new Holder(Long.parseLong(lines.getFirst()), Path.of(lines.getLast())));
                }
                return Optional.empty();
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
