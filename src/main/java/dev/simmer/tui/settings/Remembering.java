package dev.simmer.tui.settings;

import dev.simmer.tui.model.Remembered;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a dashboard remembers, on a thread of its own and only once changes have settled; the
 * last of them before it is closed. Safe for all threads.
 */
public final class Remembering implements AutoCloseable {
    private final RememberedFile file;
    private final Remembered before;
    private final Duration settles;
    private final Consumer<String> trouble;
    private final ScheduledThreadPoolExecutor writer =
            new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("remembering").factory());
    private final Object lock = new Object();
    private @Nullable Remembered wanted;
    private boolean planned;
    private boolean told;

    /**
     * Writes into a file.
     *
     * @param before what was in it: what a newer word does not replace is kept
     * @param settles how long after a change the file is written
     * @param trouble told once why it cannot be written, in words for people
     */
    public Remembering(
            RememberedFile file, Remembered before, Duration settles, Consumer<String> trouble) {
        this.file = file;
        this.before = before;
        this.settles = settles;
        this.trouble = trouble;
        writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Takes what is to be remembered from now on; returns at once. */
    public void note(Remembered remembered) {
        synchronized (lock) {
            wanted = remembered;
            if (planned || writer.isShutdown()) {
                return;
            }
            planned = true;
            var _ = writer.schedule(this::write, settles.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void write() {
        Optional<Remembered> next = next();
        if (next.isEmpty()) {
            return;
        }
        try {
            file.write(next.get().over(before));
        } catch (IOException | UnsupportedOperationException e) {
            if (!told) {
                told = true;
                trouble.accept("the layout is not remembered: " + e.getMessage());
            }
        }
    }

    private Optional<Remembered> next() {
        synchronized (lock) {
            Optional<Remembered> next = Optional.ofNullable(wanted);
            wanted = null;
            planned = false;
            return next;
        }
    }

    /** Writes what has not been written yet; waits for it, as long as a disk may take. */
    @Override
    public void close() {
        synchronized (lock) {
            writer.shutdown();
        }
        try {
            if (writer.awaitTermination(2, TimeUnit.SECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
