package dev.simmer.engine;

import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.scheduler.Effect;
import dev.simmer.scheduler.Event;
import dev.simmer.scheduler.HostReading;
import dev.simmer.scheduler.Scheduler;
import dev.simmer.scheduler.State;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The cost of a decision and of a snapshot with a thousand tasks. */
public final class SnapshotBench {
    private static final int TASKS = 1_000;
    private static final int TURNS = 2_000;
    private static final WorkspaceId WORKSPACE = new WorkspaceId(Path.of("/w"));
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private SnapshotBench() {}

    /** Prints microseconds of CPU each, with 500 running and 500 waiting tasks. */
    public static void run() {
        State state = running();
        Views views = new Views(id -> Path.of("/runs"), Instant.EPOCH::plusMillis);
        HostSample host = new HostSample(1L << 40, 1L << 39, OptionalLong.empty(), 4, 0.1, 1);
        Map<dev.simmer.model.AttemptId, UsageSample> usage = new TreeMap<>();
        Snapshot last = Snapshot.EMPTY;
        for (int i = 0; i < TURNS; i++) {
            last = views.snapshot(state, Instant.EPOCH, Optional.of(host), usage, Optional.empty());
        }
        long begun = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < TURNS; i++) {
            last = views.snapshot(state, Instant.EPOCH, Optional.of(host), usage, Optional.empty());
        }
        double snapshotMicros = (CPU.getCurrentThreadCpuTime() - begun) / 1e3 / TURNS;

        long at = state.now();
        begun = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < TURNS; i++) {
            at++;
            state =
                    Scheduler.decide(
                                    state,
                                    new Event.HostSampled(
                                            at, new HostReading(1L << 40, 1L << 39), Map.of()))
                            .state();
        }
        double decisionMicros = (CPU.getCurrentThreadCpuTime() - begun) / 1e3 / TURNS;
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "%,d tasks, half of them running: a snapshot %.0f us, a decision %.0f us of CPU%n",
                last.tasks().size(),
                snapshotMicros,
                decisionMicros);
    }

    private static State running() {
        List<Event.NewTask> tasks = new ArrayList<>();
        for (int i = 1; i <= TASKS; i++) {
            TaskSpec spec = TaskSpec.named("t" + i, WORKSPACE, new Command.Shell("x")).build();
            tasks.add(
                    new Event.NewTask(
                            new TaskId(i), spec, new MemoryEstimate(1, MemorySource.GUESSED)));
        }
        Limits limits = new Limits(3, TASKS / 2, new Limits.Reserve.Share(0.1), 1L << 30);
        State state =
                Scheduler.decide(
                                State.EMPTY,
                                new Event.TasksSubmitted(
                                        0, tasks, limits, false, Request.Existing.REFUSE))
                        .state();
        var decision =
                Scheduler.decide(
                        state,
                        new Event.HostSampled(1, new HostReading(1L << 40, 1L << 39), Map.of()));
        state = decision.state();
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.SpawnProcess spawn) {
                state =
                        Scheduler.decide(state, new Event.ProcessStarted(2, spawn.attempt()))
                                .state();
            }
        }
        return state;
    }
}
