package dev.simmer.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Jobs that are done one at a time, in the order in which they came, on threads of their own. For
 * all threads.
 */
final class Line {
    private final Executor threads;
    private final Deque<Runnable> jobs = new ArrayDeque<>();
    private boolean working;

    Line(Executor threads) {
        this.threads = threads;
    }

    void add(Runnable job) {
        synchronized (jobs) {
            jobs.addLast(job);
            if (working) {
                return;
            }
            working = true;
        }
        try {
            threads.execute(this::work);
        } catch (RejectedExecutionException e) {
            // All is being closed: what is in line is left to the next engine.
            return;
        }
    }

    private void work() {
        while (true) {
            Runnable job;
            synchronized (jobs) {
                if (jobs.isEmpty()) {
                    working = false;
                    return;
                }
                job = jobs.removeFirst();
            }
            try {
                job.run();
            } catch (RuntimeException e) {
                // What comes behind a mistake is done all the same.
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}
