package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An attempt's processes in the simulated world: a main process, and others it may leave. */
final class SimulatedProcess {
    /** Where an attempt is. */
    enum Stage {
        SPAWNING,
        ALIVE,
        LEFTOVERS,
        GONE
    }

    /**
     * What will become of an attempt if nobody interferes. Times are milliseconds.
     *
     * @param startDelay until its process runs
     * @param failure why it cannot be started
     * @param run how long its main process runs; empty: it hangs
     * @param exit how its main process ends by itself
     * @param leftovers how many processes it leaves
     * @param leftoversRun how long those live; empty: until they are killed
     * @param deaf whether all of them ignore signals
     * @param dying how long it takes to die of a stop signal
     * @param stopped how its main process ends when it is stopped
     * @param readyDelay when its probe passes; empty: never
     * @param peakBytes memory at its peak
     * @param growing how long it takes to get there
     * @param freesAfter when it frees most of it again
     */
    record Plan(
            long startDelay,
            Optional<StartFailure> failure,
            OptionalLong run,
            ExitStatus exit,
            int leftovers,
            OptionalLong leftoversRun,
            boolean deaf,
            long dying,
            ExitStatus stopped,
            OptionalLong readyDelay,
            long peakBytes,
            long growing,
            OptionalLong freesAfter) {}

    final AttemptId id;
    final TaskSpec spec;
    final Plan plan;

    /** What was asked of it before it ran. */
    final List<Signal> asked = new ArrayList<>();

    Stage stage = Stage.SPAWNING;
    boolean killAsked;
    boolean suspended;
    boolean stopPending;
    boolean released;

    /** Whether the engine that lives is told of it. */
    boolean watched;

    /** Whether the engine that lives waits to be told of it. */
    boolean wanted;

    /** Whether it came to nothing, because the engine that was to start it crashed. */
    boolean neverBegan;

    /** Whether an engine that crashed did something to it that it could not save. */
    boolean meddled;

    /** What is written down of its end. */
    @Nullable ExitStatus exit;

    /** Whether the machine went down under it. */
    boolean lost;

    long exitAt;

    /** When its probe passes. */
    long readyAt = Long.MAX_VALUE;

    long startedAt;
    long endAt = Long.MAX_VALUE;
    long remaining = Long.MAX_VALUE;
    int leftovers;

    /** Changes when what was going to happen to it no longer is. */
    int fate;

    /** No event about it may be told before this one was. */
    long toldUntil;

    SimulatedProcess(AttemptId id, TaskSpec spec, Plan plan) {
        this.id = id;
        this.spec = spec;
        this.plan = plan;
    }

    boolean lives() {
        return stage == Stage.ALIVE || stage == Stage.LEFTOVERS;
    }

    /** Resident memory of all of its processes. */
    long rssBytes(long now) {
        return switch (stage) {
            case SPAWNING, GONE -> 0;
            case LEFTOVERS -> plan.peakBytes() / 10;
            case ALIVE -> {
                long age = now - startedAt;
                if (plan.freesAfter().isPresent() && age > plan.freesAfter().getAsLong()) {
                    yield plan.peakBytes() / 5;
                }
                yield age >= plan.growing()
                        ? plan.peakBytes()
                        : plan.peakBytes() / plan.growing() * age;
            }
        };
    }
}
