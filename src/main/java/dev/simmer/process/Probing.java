package dev.simmer.process;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One probe at work: looks again and again, on a thread of an executor. Safe for all threads. */
final class Probing implements AutoCloseable {
    private final Check check;
    private final Duration pause;
    private final Runnable passed;
    private final Object lock = new Object();
    private boolean closed;
    private @Nullable Future<?> run;

    /** One look; each is called after the one before has come back. */
    interface Check extends AutoCloseable {
        /** Whether what is waited for is there. Blocks for seconds at most; can be interrupted. */
        boolean passes() throws InterruptedException;

        /** Lets go of what is held from look to look; called by the thread that looks. */
        @Override
        default void close() {}
    }

    Probing(Check check, Duration pause, Runnable passed) {
        this.check = check;
        this.pause = pause;
        this.passed = passed;
    }

    /** Begins to look; at most once. Returns at once. */
    void start(ExecutorService executor) {
        synchronized (lock) {
            if (!closed && !executor.isShutdown()) {
                run = executor.submit(this::run);
            }
        }
    }

    private void run() {
        try (check) {
            while (!check.passes()) {
                Thread.sleep(pause);
            }
            synchronized (lock) {
                if (!closed) {
                    closed = true;
                    passed.run();
                }
            }
        } catch (InterruptedException e) {
            // close() wants the thread to end.
            return;
        }
    }

    /** Ends looking, wherever it is; it does not pass after this. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (run != null) {
                run.cancel(true);
            }
        }
    }
}
