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
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Looks at the host and at what attempts use, on a thread of its own: every second while tasks are
 * there, more rarely while none is, and soon after it has been asked to.
 */
final class Sampler implements AutoCloseable {
    private static final long BUSY_MILLIS = 1_000;
    private static final long IDLE_MILLIS = 3_000;

    /** Looks that are asked for are at least this far apart. */
    private static final long SPACING_MILLIS = 25;

    private final Host host;
    private final Usage usage;
    private final Supplier<Map<AttemptId, Path>> attempts;
    private final BiConsumer<HostSample, Map<AttemptId, UsageSample>> sink;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;
    private boolean soon;
    private boolean busy;
    private volatile boolean closed;

    /**
     * @param attempts the attempts that run now, with their run folders; called by the sampler
     * @param sink takes each look; called by the sampler
     */
    Sampler(
            Host host,
            Usage usage,
            Supplier<Map<AttemptId, Path>> attempts,
            BiConsumer<HostSample, Map<AttemptId, UsageSample>> sink) {
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

    private void run() {
        while (!closed) {
            Map<AttemptId, Path> running = attempts.get();
            Map<AttemptId, UsageSample> used = running.isEmpty() ? Map.of() : usage.sample(running);
            sink.accept(host.sample(), used);
            try {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long begun = System.nanoTime();
            while (!closed) {
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                long wait = (soon ? SPACING_MILLIS : busy ? BUSY_MILLIS : IDLE_MILLIS) - waited;
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

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
