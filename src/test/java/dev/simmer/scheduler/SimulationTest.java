package dev.simmer.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The scheduler in many seeded worlds. {@code -Dsimulation.seeds=N} says in how many, {@code
 * -Dsimmer.simulation.seed=N} runs one of them and prints what happens in it.
 */
class SimulationTest {
    private static final int WORKERS = 2;

    private record Failure(long seed, Throwable what) {}

    @Test
    void everyWorldKeepsTheRules() {
        Long only = Long.getLong("simmer.simulation.seed");
        if (only != null) {
            int steps = Simulation.run(only, Deciding.REAL, System.out::println);
            assertThat(steps).isPositive();
            return;
        }
        long seeds = Long.getLong("simmer.simulation.seeds", 20_000);
        AtomicLong next = new AtomicLong();
        AtomicLong steps = new AtomicLong();
        AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
            for (int i = 0; i < WORKERS; i++) {
                pool.execute(() -> {
                    long seed = next.getAndIncrement();
                    while (seed < seeds && failure.get() == null) {
                        try {
                            steps.addAndGet(Simulation.run(seed, Deciding.REAL));
                        } catch (RuntimeException | Error what) {
                            failure.compareAndSet(null, new Failure(seed, what));
                        }
                        seed = next.getAndIncrement();
                    }
                });
            }
        }
        Failure broken = failure.get();
        if (broken != null) {
            fail(
                    "seed %d: %s%nreplay with -Dtest=SimulationTest -Dsimmer.simulation.seed=%d"
                            .formatted(broken.seed(), broken.what().getMessage(), broken.seed()),
                    broken.what());
        }
        assertThat(steps.get()).as("events in all worlds").isGreaterThan(20 * seeds);
    }

    @Test
    void sameSeedGivesTheSameTrace() {
        for (long seed = 0; seed < 60; seed++) {
            assertThat(hash(seed)).as(Rule.REPLAYS + ", seed %d", seed).isEqualTo(hash(seed));
        }
        assertThat(hash(1)).isNotEqualTo(hash(2));
    }

    private static long hash(long seed) {
        long[] hash = {7};
        int steps =
                Simulation.run(
                        seed,
                        Deciding.REAL,
                        line -> {
                            for (int i = 0; i < line.length(); i++) {
                                hash[0] = hash[0] * 0x100000001B3L ^ line.charAt(i);
                            }
                        });
        return hash[0] * 31 + steps;
    }
}
