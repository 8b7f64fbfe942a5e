package dev.simmer.process;

import dev.simmer.model.LogLimit;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps logs within their limits, all of them on one thread, while tasks write into them.
 *
 * <p>A log that has grown beyond its limit gives its oldest part back to the disk: fallocate(2)
 * punches a hole, offsets stay as they are, and the writers, who append, notice nothing. The newest
 * bytes of a log, as many as the limit says, are never touched.
 *
 * <p>A log that grows is looked at again before it can have outgrown one and a half times its limit
 * at {@value #FASTEST_BYTES_PER_MILLI} bytes a millisecond; one that stands still is not looked at:
 * inotify(7) tells when somebody writes again, once, so that it costs the writer nothing.
 *
 * <p>What it sees of a log's size is noted beside it, see {@link LogTimes}.
 */
final class LogKeeper implements AutoCloseable {
    /** Twice what a page cache takes in at 2 GB/s, since this thread may be woken late. */
    private static final long FASTEST_BYTES_PER_MILLI = 4_000_000;

    private static final int SHORTEST_MILLIS = 4;

    /** So that the lines of a log that grows have a time to within a second. */
    private static final int LONGEST_MILLIS = 1_000;

    private static final int AGAIN_MILLIS = 1_000;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MILLI_NANOS = 1_000_000;

    /** Holes start and end at such places: a multiple of every file system's block. */
    private static final long BLOCK = 64 * 1024;

    /** This part of the limit is given back at once, so that there are not too many holes. */
    private static final int PART = 16;

    private static final int EVENT_BYTES = 16;
    private static final int EVENT_LENGTH = 12;

    private final Punch punch;
    private final Queue<Kept> asked = new ConcurrentLinkedQueue<>();
    private final Posix posix = new Posix();
    private final int eventfd;
    private final int inotify;
    private final Set<Kept> logs = new LinkedHashSet<>();
    private final Map<Integer, Kept> armed = new HashMap<>();
    private final Thread thread;

    /** When the thread wakes up by itself, by {@link System#nanoTime}. */
    private volatile long wakesAt;

    private volatile boolean closed;

    /** Gives a piece of an open file back to the disk. */
    interface Punch {
        /** 0, or the negated errno. */
        int punch(Posix posix, int fd, long offset, long length);
    }

    /** Is told that a log has outgrown its limit for good; called by the keeper's thread. */
    interface Full {
        /**
         * Called once at most.
         *
         * @param byChoice whether the limit says so; else nothing can be given back
         */
        void full(boolean byChoice);
    }

    /** A log in the keeper's care. Safe for all threads. */
    final class Kept {
        private final byte[] file;
        private final LogTimes times;
        private final LogLimit limit;
        private final Full full;
        private volatile boolean released;

        // Of the keeper's thread alone:
        private long due;
        private long delayNanos;
        private int watch = -1;
        private long size = -1;
        private long holeEnd;

        private Kept(Path log, LogLimit limit, Full full) {
            this.file = PathBytes.of(log);
            this.times = new LogTimes(log);
            this.limit = limit;
            this.full = full;
        }

        /** After this the log is looked at once more. */
        void release() {
            released = true;
            asked.add(this);
            if (wakesAt == NEVER) {
                posix().wake(eventfd);
            }
        }
    }

    LogKeeper() {
        this(Posix::punch);
    }

    LogKeeper(Punch punch) {
        this.punch = punch;
        eventfd = posix.eventfd();
        // Without one, every log is looked at again and again.
        inotify = posix.inotify();
        wakesAt = NEVER;
        thread = Thread.ofPlatform().name("simmer-logs").daemon().unstarted(this::run);
        thread.start();
    }

    private static Posix posix() {
        return new Posix();
    }

    /**
     * Takes care of a log from now on.
     *
     * @param fresh whether it has only just been made
     */
    Kept keep(Path log, LogLimit limit, boolean fresh, Full full) {
        Kept kept = new Kept(log, limit, full);
        kept.delayNanos = fresh ? delayNanos(0, limit) : 0;
        kept.due = System.nanoTime() + kept.delayNanos;
        asked.add(kept);
        long wakes = wakesAt;
        if (wakes == NEVER || wakes - kept.due > 0) {
            posix().wake(eventfd);
        }
        return kept;
    }

    private static long delayNanos(long onDisk, LogLimit limit) {
        long room = limit.bytes() + limit.bytes() / 2 - onDisk;
        return MILLI_NANOS
                * Math.clamp(room / FASTEST_BYTES_PER_MILLI, SHORTEST_MILLIS, LONGEST_MILLIS);
    }

    private void run() {
        while (!closed) {
            takeAsked();
            long now = System.nanoTime();
            long next = NEVER;
            for (Iterator<Kept> each = logs.iterator(); each.hasNext(); ) {
                Kept kept = each.next();
                // Those that are due soon go with those that are due.
                if (kept.due != NEVER && kept.due - now <= kept.delayNanos / 4) {
                    boolean last = kept.released;
                    if (!look(kept, now) || last) {
                        forget(kept);
                        each.remove();
                        continue;
                    }
                }
                next = kept.due == NEVER ? next : earlier(next, kept.due);
            }
            sleepUntil(next);
        }
        posix.close(eventfd);
        if (inotify >= 0) {
            posix.close(inotify);
        }
    }

    private static long earlier(long one, long other) {
        return one == NEVER || one - other > 0 ? other : one;
    }

    private void takeAsked() {
        for (Kept kept = asked.poll(); kept != null; kept = asked.poll()) {
            if (!kept.released) {
                logs.add(kept);
            } else if (logs.contains(kept) && kept.due == NEVER) {
                // It stood still when it was looked at last.
                kept.due = System.nanoTime();
            }
        }
    }

    private void sleepUntil(long next) {
        wakesAt = next;
        // What was asked between the last look into the line and now has not woken anybody.
        boolean more = !asked.isEmpty();
        posix.awaitReadable(eventfd, inotify, more ? 0 : millisUntil(next));
        int _ = posix.read(eventfd);
        readEvents();
    }

    private int millisUntil(long next) {
        if (next == NEVER) {
            // Without an eventfd nobody can wake this thread.
            return eventfd < 0 ? AGAIN_MILLIS : -1;
        }
        long nanos = next - System.nanoTime();
        return Math.clamp((nanos + MILLI_NANOS - 1) / MILLI_NANOS, 0, LONGEST_MILLIS);
    }

    private void readEvents() {
        if (inotify < 0) {
            return;
        }
        int length = posix.read(inotify);
        for (int at = 0; at + EVENT_BYTES <= length; ) {
            int watch = posix.bytes().get(ValueLayout.JAVA_INT, at);
            wake(armed.remove(watch));
            if (watch < 0) {
                // Events were lost.
                armed.values().forEach(this::wake);
                armed.clear();
            }
            at += EVENT_BYTES + posix.bytes().get(ValueLayout.JAVA_INT, at + EVENT_LENGTH);
        }
    }

    private void wake(@Nullable Kept kept) {
        if (kept != null) {
            kept.watch = -1;
            kept.due = System.nanoTime();
        }
    }

    private void forget(Kept kept) {
        if (kept.watch >= 0) {
            armed.remove(kept.watch);
            posix.unwatch(inotify, kept.watch);
        }
    }

    /** Looks at a log and does what its limit asks for; false where it needs no more looking at. */
    private boolean look(Kept kept, long now) {
        if (posix.stat(kept.file) < 0 || posix.kind() != Posix.S_IFREG) {
            return false;
        }
        long size = posix.size;
        boolean still = size == kept.size;
        kept.size = size;
        long untilNoted =
                kept.times.note(posix, size, posix.modified.toEpochMilli(), now, kept.released);
        long limit = kept.limit.bytes();
        int failed = 0;
        if (size > limit) {
            if (kept.limit.whenFull() == LogLimit.WhenFull.STOP) {
                kept.full.full(true);
                return false;
            }
            failed = still ? 0 : shorten(kept, size);
            if (cannot(failed)) {
                kept.full.full(false);
                return false;
            }
        }
        kept.delayNanos =
                failed < 0
                        ? AGAIN_MILLIS * MILLI_NANOS
                        : delayNanos(size - kept.holeEnd, kept.limit);
        kept.due = now + kept.delayNanos;
        if (failed < 0) {
            kept.size = -1;
        } else if (still && untilNoted > 0) {
            kept.due = now + untilNoted;
        } else if (still && !kept.released) {
            arm(kept);
        }
        return true;
    }

    /** Whether it will fail again: not on this file system, or not on this file. */
    private static boolean cannot(int failed) {
        return failed == -Posix.EOPNOTSUPP
                || failed == -Posix.ENOSYS
                || failed == -Posix.EPERM
                || failed == -Posix.ENODEV
                || failed == -Posix.EINVAL;
    }

    /** Gives back what lies before the newest bytes; 0 or the negated errno. */
    private int shorten(Kept kept, long size) {
        // What the disk says holds more than the size tells where the task has cut its log.
        long onDisk = Math.max(size - kept.holeEnd, posix.allocated);
        if (onDisk - kept.limit.bytes() < part(kept.limit)) {
            return 0;
        }
        int fd = posix.open(kept.file, Posix.O_RDWR | Posix.O_NOFOLLOW | Posix.O_NONBLOCK);
        if (fd < 0) {
            return fd;
        }
        kept.holeEnd = Math.max(0, posix.seek(fd, 0, Posix.SEEK_DATA)) / BLOCK * BLOCK;
        long end = (size - kept.limit.bytes()) / BLOCK * BLOCK;
        int failed = 0;
        if (end - kept.holeEnd >= part(kept.limit)) {
            failed = punch.punch(posix, fd, kept.holeEnd, end - kept.holeEnd);
            if (failed >= 0) {
                kept.holeEnd = end;
            }
        }
        posix.close(fd);
        return failed;
    }

    private static long part(LogLimit limit) {
        return Math.max(BLOCK, limit.bytes() / PART / BLOCK * BLOCK);
    }

    /** Has the next write wake the thread, unless there has been one just now. */
    private void arm(Kept kept) {
        if (inotify < 0) {
            return;
        }
        int watch = posix.watchOnce(inotify, kept.file);
        if (watch < 0) {
            return;
        }
        kept.watch = watch;
        armed.put(watch, kept);
        if (posix.stat(kept.file) == 0 && posix.size == kept.size) {
            kept.due = NEVER;
        }
    }

    @Override
    public void close() {
        closed = true;
        posix().wake(eventfd);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
