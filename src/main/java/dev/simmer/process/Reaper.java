package dev.simmer.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One thread that sleeps until a process ends: an epoll over pidfds (pidfd_open(2)), which work for
 * children and for others alike. No polling, and no thread a process.
 */
final class Reaper implements AutoCloseable {
    private static final long WAKE = 0;

    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final AtomicLong keys = new AtomicLong(WAKE);
    private final int epoll;
    private final int eventfd;
    private final Thread thread;
    private volatile boolean closed;

    /** Is told of an end, by the reaper's thread; must not take long. */
    interface End {
        /**
         * The process has ended.
         *
         * @param status its wait status (waitpid(2)), or negative where it is no child
         * @param maxResidentBytes of a child {@link Posix#maxResidentBytes}; else 0
         */
        void ended(int status, long maxResidentBytes, Hands hands);
    }

    private record Watch(int pid, int pidfd, boolean child, End end) {}

    Reaper() {
        Posix posix = new Posix();
        epoll = posix.epollCreate();
        eventfd = posix.eventfd();
        if (epoll < 0 || eventfd < 0 || posix.epollAdd(epoll, eventfd, WAKE) < 0) {
            throw new IllegalStateException("no epoll to watch processes with: " + epoll);
        }
        thread = Thread.ofPlatform().name("simmer-reaper").daemon().unstarted(this::run);
        thread.start();
    }

    /**
     * Watches a process.
     *
     * @param child whether it is this process's child, to be reaped
     * @return 0, or the negated errno: -ESRCH where it has ended and is no child
     */
    int watch(int pid, boolean child, End end, Posix posix) {
        int pidfd = posix.pidfdOpen(pid);
        if (pidfd < 0) {
            return pidfd;
        }
        long key = keys.incrementAndGet();
        watches.put(key, new Watch(pid, pidfd, child, end));
        int added = posix.epollAdd(epoll, pidfd, key);
        if (added < 0) {
            watches.remove(key);
            posix.close(pidfd);
        }
        return added;
    }

    private void run() {
        try (Hands hands = new Hands()) {
            long[] ended = new long[64];
            while (!closed) {
                int count = hands.posix.epollWait(epoll);
                for (int i = 0; i < count; i++) {
                    ended[i] = hands.posix.epollKey(i);
                }
                for (int i = 0; i < count && !closed; i++) {
                    Watch watch = watches.remove(ended[i]);
                    if (watch != null) {
                        int status = watch.child() ? hands.posix.reap(watch.pid()) : -1;
                        long most = watch.child() ? hands.posix.maxResidentBytes : 0;
                        hands.posix.close(watch.pidfd());
                        ShimProcesses.guard(() -> watch.end().ended(status, most, hands));
                    }
                }
            }
            for (Watch watch : watches.values()) {
                hands.posix.close(watch.pidfd());
            }
            hands.posix.close(epoll);
            hands.posix.close(eventfd);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        new Posix().wake(eventfd);
        if (thread.equals(Thread.currentThread())) {
            return;
        }
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
