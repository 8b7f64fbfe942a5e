package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Readiness;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
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

    /** What looks for what a task file's {@code ready:} says. */
    static Probing of(
            Readiness.Probe probe, Launch launch, Spawner spawner, Reaper reaper, Runnable passed) {
        Check check =
                switch (probe) {
                    case Readiness.Probe.Log(Pattern pattern) ->
                            new LogCheck(launch.log(), pattern);
                    case Readiness.Probe.Tcp(int port) -> () -> NetworkChecks.accepts(port);
                    case Readiness.Probe.Http(URI uri) -> () -> NetworkChecks.answers(uri);
                    case Readiness.Probe.Exec(String line) ->
                            new ExecCheck(line, launch, spawner, reaper);
                };
        // A look that starts a process or asks a server costs the task something.
        Duration pause =
                switch (probe) {
                    case Readiness.Probe.Log _, Readiness.Probe.Tcp _ -> Duration.ofMillis(60);
                    case Readiness.Probe.Http _ -> Duration.ofMillis(150);
                    case Readiness.Probe.Exec _ -> Duration.ofMillis(250);
                };
        return new Probing(check, pause, passed);
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
