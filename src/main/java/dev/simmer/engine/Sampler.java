package dev.simmer.engine;

import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.Usage;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Looks at the host and at what attempts use, on a thread of its own: every second while tasks are
 * there, five times as often while memory is tight, more rarely while no task is, and soon after it
 * has been asked to. A look that fails, such as where a native library cannot be loaded, is told
 * and tried again after a pause.
 */
final class Sampler implements AutoCloseable {
    private static final long BUSY_MILLIS = 1_000;

    /** While memory is short it may be gone within a second. */
    private static final long TIGHT_MILLIS = 200;

    private static final long IDLE_MILLIS = 3_000;

    /** Looks that are asked for are at least this far apart. */
    private static final long SPACING_MILLIS = 25;

    private static final long FAILED_MILLIS = 5_000;

    /** Takes what comes of the looks; called by the sampler's thread. */
    interface Sink {
        void seen(HostSample host, Map<AttemptId, UsageSample> usage);

        /**
         * Looks fail from now on, until {@link #seen} is called.
         *
         * @param words why, for people
         */
        void unseen(String words);
    }

    private final Host host;
    private final Usage usage;
    private final Supplier<Map<AttemptId, Path>> attempts;
    private final Sink sink;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;

    /** Whether the last look failed; the sampler's thread's. */
    private boolean failing;

    private boolean soon;
    private boolean busy;
    private boolean tight;
    private volatile boolean closed;

    /**
     * @param attempts the attempts that run now, with their run folders; called by the sampler
     * @param sink takes each look
     */
    Sampler(Host host, Usage usage, Supplier<Map<AttemptId, Path>> attempts, Sink sink) {
        this.host = host;
        this.usage = usage;
        this.attempts = attempts;
        this.sink = sink;
        this.thread = Thread.ofPlatform().name("simmer-sampler").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Asks for a look soon. */
    void soon() {
        lock.lock();
        try {
            soon = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says whether tasks run or wait. */
    void busy(boolean value) {
        lock.lock();
        try {
            if (value && !busy) {
                soon = true;
                woken.signal();
            }
            busy = value;
        } finally {
            lock.unlock();
        }
    }

    /** Says whether memory is short, so that it matters how fast that is seen to change. */
    void tight(boolean value) {
        lock.lock();
        try {
            if (value && !tight) {
                woken.signal();
            }
            tight = value;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!closed) {
            try {
                look();
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        HostSample seen;
        Map<AttemptId, UsageSample> used;
        try {
            Map<AttemptId, Path> running = attempts.get();
            used = running.isEmpty() ? Map.of() : usage.sample(running);
            seen = host.sample();
        } catch (RuntimeException | LinkageError e) {
            if (!failing) {
                failing = true;
                sink.unseen(words(e));
            }
            return;
        }
        failing = false;
        sink.seen(seen, used);
    }

    private static String words(Throwable failure) {
        return "cannot see how much memory there is ("
                + failure
                + "), so that tasks may wait; it is tried again every "
                + FAILED_MILLIS / 1_000
                + " seconds. If that does not help, restart the supervisor: simmer supervisor stop";
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long begun = System.nanoTime();
            while (!closed) {
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                long wait = spacing() - waited;
                if (wait <= 0) {
                    break;
                }
                woken.await(wait, TimeUnit.MILLISECONDS);
            }
            soon = false;
        } finally {
            lock.unlock();
        }
    }

    /** How long after a look the next one is, in milliseconds. */
    long spacing() {
        if (failing) {
            return FAILED_MILLIS;
        }
        if (soon) {
            return SPACING_MILLIS;
        }
        return tight ? TIGHT_MILLIS : busy ? BUSY_MILLIS : IDLE_MILLIS;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
