package dev.simmer.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** One task that is hard to place, among easy ones that never stop arriving. */
class StarvationTest {
    private static final long SEEDS = 40;
    private static final WorkspaceId EASY = new WorkspaceId(Path.of("/easy"));
    private static final WorkspaceId HARD = new WorkspaceId(Path.of("/hard"));

    /** Patience, then the end of all that ran by then, then a look at the host. */
    private static final long BOUND = Admissions.PATIENCE + Fates.LONGEST_CALM_RUN + 5_000;

    private long lastId;

    @Test
    void bigTaskStartsAlthoughSmallOnesKeepArriving() {
        int hadToWait = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = Simulation.calm(seed);
            long total = simulation.world.totalBytes;
            Limits limits = new Limits(100, 0, new Limits.Reserve.Share(0.1), 1L << 60);
            long waited = wait(simulation, seed, limits, limits, total * 6 / 10, total / 4, s -> s);
            assertThat(waited).as("seed %d", seed).isBetween(0L, BOUND);
            hadToWait += waited > 0 ? 1 : 0;
        }
        assertThat(hadToWait).as("seeds in which it had to wait").isGreaterThan(20);
    }

    @Test
    void tooBigTaskStartsAlthoughSmallOnesKeepArriving() {
        int hadToWait = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = Simulation.calm(seed);
            long total = simulation.world.totalBytes;
            long waited =
                    wait(
                            simulation,
                            seed,
                            Limits.DEFAULT,
                            Limits.DEFAULT,
                            total * 2,
                            total / 50,
                            s -> s);
            assertThat(waited).as("seed %d", seed).isBetween(0L, BOUND);
            hadToWait += waited > 0 ? 1 : 0;
        }
        assertThat(hadToWait).as("seeds in which it had to wait").isGreaterThan(20);
    }

    @Test
    void heavyTaskStartsAlthoughAnotherWorkspaceMayHaveMoreOfThem() {
        int hadToWait = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = Simulation.calm(seed);
            Limits one = new Limits(1, 0, new Limits.Reserve.Size(0), 1L << 60);
            Limits three = new Limits(3, 0, new Limits.Reserve.Size(0), 1L << 60);
            long waited = wait(simulation, seed, one, three, 1, 1, s -> s.heavy(true));
            assertThat(waited).as("seed %d", seed).isBetween(0L, BOUND);
            hadToWait += waited > 0 ? 1 : 0;
        }
        assertThat(hadToWait).as("seeds in which it had to wait").isGreaterThan(20);
    }

    @Test
    void taskOfTwoLocksStartsAlthoughOthersWantOneOfThem() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = Simulation.calm(seed);
            SplittableRandom random = new SplittableRandom(seed);
            Limits limits = new Limits(3, 0, new Limits.Reserve.Size(0), 1L << 60);
            simulation.world.at(
                    1,
                    () ->
                            arrive(
                                    simulation,
                                    random,
                                    () -> {
                                        String lock = random.nextBoolean() ? "git" : "db";
                                        return submission(
                                                simulation,
                                                HARD,
                                                limits,
                                                1,
                                                spec -> spec.lock(lock));
                                    }));
            long waited = until(simulation, limits, 1, spec -> spec.lock("git").lock("db"));
            // Behind those that queued up for the locks before it, of which one runs at a time.
            assertThat(waited)
                    .as("seed %d", seed)
                    .isBetween(0L, Admissions.PATIENCE + 20 * Fates.LONGEST_CALM_RUN);
        }
    }

    private long wait(
            Simulation simulation,
            long seed,
            Limits hard,
            Limits easy,
            long bigBytes,
            long smallBytes,
            UnaryOperator<TaskSpec.Builder> spec) {
        SplittableRandom random = new SplittableRandom(seed);
        simulation.world.at(
                1,
                () ->
                        arrive(
                                simulation,
                                random,
                                () -> submission(simulation, EASY, easy, smallBytes, spec)));
        return until(simulation, hard, bigBytes, spec);
    }

    /** Has tasks arrive for ever, faster than they can run. */
    private void arrive(
            Simulation simulation,
            SplittableRandom random,
            java.util.function.Supplier<Event> next) {
        simulation.deliver(next.get());
        simulation.world.at(random.nextLong(1_000, 6_000), () -> arrive(simulation, random, next));
    }

    /** Submits a task after a while and waits until it starts. */
    private long until(
            Simulation simulation,
            Limits limits,
            long bytes,
            UnaryOperator<TaskSpec.Builder> spec) {
        simulation.advance(() -> simulation.world.now() >= 25_000, 25_000);
        Event.TasksSubmitted big = submission(simulation, HARD, limits, bytes, spec);
        TaskId id = big.tasks().getFirst().id();
        simulation.deliver(big);
        long since = simulation.world.now();
        long latest = since + 3_600_000;
        simulation.advance(
                () ->
                        simulation.state().task(id).attempts() > 0
                                || simulation.world.now() >= latest,
                latest);
        return simulation.world.now() - since;
    }

    private Event.TasksSubmitted submission(
            Simulation simulation,
            WorkspaceId workspace,
            Limits limits,
            long bytes,
            UnaryOperator<TaskSpec.Builder> more) {
        TaskId id = new TaskId(++lastId);
        TaskSpec spec =
                more.apply(
                                TaskSpec.named("t" + id, workspace, new Command.Shell("work"))
                                        .memory(bytes))
                        .build();
        MemoryEstimate expected = new MemoryEstimate(bytes, MemorySource.DECLARED);
        return new Event.TasksSubmitted(
                simulation.world.now(),
                List.of(new Event.NewTask(id, spec, expected)),
                limits,
                false,
                Request.Existing.REFUSE);
    }
}
