package dev.simmer.cli;

import dev.simmer.model.Engine;
import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Forgets tasks that ended longer ago than they are to be kept, every hour. */
final class Keeping implements AutoCloseable {
    private static final long FIRST_SECONDS = 60;
    private static final long EACH_SECONDS = 3_600;

    /** At most so many at once, so that the engine has time for others. */
    private static final int AT_ONCE = 500;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("simmer-keep").factory());

    private Keeping() {}

    /**
     * Begins.
     *
     * @param keep how long tasks are kept; empty: for ever
     */
    static Keeping start(Engine engine, Optional<Duration> keep) {
        Keeping keeping = new Keeping();
        if (keep.isPresent()) {
            var _ =
                    keeping.executor.scheduleWithFixedDelay(
                            () -> forget(engine, keep.get()),
                            FIRST_SECONDS,
                            EACH_SECONDS,
                            TimeUnit.SECONDS);
        }
        return keeping;
    }

    /** Forgets what is old enough. */
    static void forget(Engine engine, Duration keep) {
        List<TaskView> old = ForgetRule.forgettable(engine.snapshot(), Optional.of(keep));
        for (int from = 0; from < old.size(); from += AT_ONCE) {
            List<TaskView> some = old.subList(from, Math.min(old.size(), from + AT_ONCE));
            engine.submit(new Request.Forget(Acting.ids(some))).join();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
