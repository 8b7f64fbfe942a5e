package dev.simmer.store;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.ClockMark;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredAttempt;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.engine.ports.StoredWorkspace;
import dev.simmer.model.Backoff;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.LogLimit;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Readiness;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.StopCause;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the checked-in databases hold, and pieces for other tests. */
final class Kept {
    static final WorkspaceId SHOP = new WorkspaceId(Path.of("/home/ann/shop"));
    static final ClockMark CLOCK = new ClockMark("boot-1", 5_000, 105_000, 1_700_000_005_000L);
    static final MemoryEstimate EXPECTED = new MemoryEstimate(100 << 20, MemorySource.GUESSED);

    private static final CallerEnvironment ANN =
            new CallerEnvironment(Map.of("PATH", "/bin:/usr/bin", "LANG", "de_AT.UTF-8"));

    private Kept() {}

    static TaskSpec.Builder spec(String name) {
        return TaskSpec.named(name, SHOP, new Command.Shell("make " + name)).inherited(ANN);
    }

    static StoredTask task(long id, StoredState state, StoredAttempt... ended) {
        return new StoredTask(
                new TaskId(id),
                spec("t" + id).build(),
                List.of(),
                EXPECTED,
                state,
                ended.length,
                0,
                ended.length > 0,
                List.of(ended),
                List.of());
    }

    static StoredAttempt succeeded(int number, long peakBytes) {
        return new StoredAttempt(
                number, OptionalLong.of(1_000), 3_000, new Outcome.Succeeded(), peakBytes);
    }

    static Batch batch(long lastTaskId, StoredTask... tasks) {
        return new Batch(List.of(tasks), List.of(), List.of(), lastTaskId, CLOCK);
    }

    static Batch forgetting(long... ids) {
        List<TaskId> forgotten = java.util.Arrays.stream(ids).mapToObj(TaskId::new).toList();
        return new Batch(List.of(), forgotten, List.of(), 0, CLOCK);
    }

    /** What {@code v1.db} holds. */
    static Batch versionOne() {
        StoredWorkspace shop =
                new StoredWorkspace(
                        SHOP, new Limits(2, 5, new Limits.Reserve.Size(1 << 30), 1), true, "blue");
        StoredWorkspace other =
                new StoredWorkspace(
                        new WorkspaceId(Path.of("/home/ann/öl")), Limits.DEFAULT, false, "");
        return new Batch(
                List.of(build(), dev(), deploy(), stopping(), waiting()),
                List.of(),
                List.of(shop, other),
                9,
                CLOCK);
    }

    /** What {@code v2.db} holds: that of version 1, and what is new. */
    static Batch versionTwo() {
        MemoryEstimate raised =
                new MemoryEstimate(
                        3L << 30,
                        MemorySource.RAISED,
                        Optional.of(new MemoryEstimate.Evidence(4, 1 << 30, 2L << 30, 13, 3 << 28)),
                        "build",
                        OptionalLong.of(2L << 30));
        StoredTask evicted =
                new StoredTask(
                        new TaskId(11),
                        spec("link").evictable(true).isolateMemory(true).build(),
                        List.of(),
                        raised,
                        new StoredState.Paused(
                                new StoredState.Active(2, 10, OptionalLong.of(20), 1, 2, false),
                                new StoredState.Progress(
                                        false, 30, OptionalLong.of(9), OptionalLong.empty()),
                                50,
                                true),
                        2,
                        0,
                        true,
                        List.of(
                                new StoredAttempt(
                                        1,
                                        OptionalLong.of(5),
                                        90,
                                        new Outcome.Evicted(2L << 30, 3L << 30),
                                        2L << 30)),
                        List.of());
        StoredWorkspace loaded =
                new StoredWorkspace(
                        new WorkspaceId(Path.of("/home/ann/web")),
                        new Limits(2, 0, new Limits.Reserve.Share(0.2), 1, OptionalDouble.of(7.5)),
                        false,
                        "");
        Batch first = versionOne();
        List<StoredTask> tasks = new ArrayList<>(first.tasks());
        tasks.add(evicted);
        List<StoredWorkspace> workspaces = new ArrayList<>(first.workspaces());
        workspaces.add(1, loaded);
        return new Batch(tasks, List.of(), workspaces, 11, CLOCK);
    }

    private static StoredTask build() {
        TaskSpec spec =
                spec("build")
                        .session("blue")
                        .memory(2L << 30)
                        .heavy(true)
                        .timeout(Duration.ofMinutes(20))
                        .retry(
                                new RetryPolicy(
                                        2,
                                        new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(9)),
                                        new TreeSet<>(List.of(1, 75)),
                                        Optional.of(Pattern.compile("ECONNRESET|\\d+"))))
                        .lock("git")
                        .priority(-3)
                        .logLimit(new LogLimit(200 << 20, LogLimit.WhenFull.STOP))
                        .build();
        return new StoredTask(
                new TaskId(1),
                spec,
                List.of(),
                new MemoryEstimate(2L << 30, MemorySource.DECLARED),
                new StoredState.Ended(4_000, new Outcome.Succeeded()),
                2,
                1,
                true,
                List.of(
                        new StoredAttempt(
                                1, OptionalLong.of(500), 900, new Outcome.ExitedWith(75), 77_000),
                        succeeded(2, 99_000)),
                List.of());
    }

    private static StoredTask dev() {
        TaskSpec spec =
                spec("dev")
                        .kind(Kind.SERVICE)
                        .cwd(Path.of("/home/ann/shop/web"))
                        .env(Map.of("PORT", "3000"))
                        .ready(new Readiness(new Readiness.Probe.Tcp(3000), Duration.ofSeconds(9)))
                        .restart(new RestartPolicy(RestartPolicy.On.ALWAYS, 3, Backoff.DEFAULT))
                        .input(true)
                        .build();
        return new StoredTask(
                new TaskId(3),
                spec,
                List.of(),
                EXPECTED,
                new StoredState.Running(
                        new StoredState.Active(1, 10, OptionalLong.of(20), 1_000, 2_000, true),
                        new StoredState.Progress(
                                true, 30, OptionalLong.empty(), OptionalLong.of(40))),
                1,
                0,
                true,
                List.of(),
                List.of(Signal.STOP, Signal.CONT));
    }

    private static StoredTask deploy() {
        TaskSpec spec =
                TaskSpec.named("deploy\n2", SHOP, new Command.Exec(List.of("sh", "-c", "é \"")))
                        .need("build", Need.Condition.SUCCEEDED)
                        .need("dev", Need.Condition.READY)
                        .tty(true)
                        .keepTmpOnFailure(true)
                        .autostart(false)
                        .build();
        return new StoredTask(
                new TaskId(5),
                spec,
                List.of(
                        new StoredTask.StoredNeed(new TaskId(1), "build", Need.Condition.SUCCEEDED),
                        new StoredTask.StoredNeed(new TaskId(3), "dev", Need.Condition.READY)),
                EXPECTED,
                new StoredState.Blocked(60),
                0,
                0,
                false,
                List.of(),
                List.of());
    }

    private static StoredTask stopping() {
        TaskSpec spec = spec("old").stop(new StopPolicy(Signal.INT, Duration.ofSeconds(5))).build();
        return new StoredTask(
                new TaskId(7),
                spec,
                List.of(),
                EXPECTED,
                new StoredState.Stopping(
                        new StoredState.Active(4, 10, OptionalLong.of(20), 1, 2, false),
                        new StopCause.Leftovers(new ExitStatus.Code(3)),
                        70,
                        true,
                        Optional.of(new ExitStatus.Signaled(9))),
                4,
                2,
                true,
                List.of(),
                List.of(Signal.KILL));
    }

    private static StoredTask waiting() {
        return task(9, new StoredState.Backoff(80, new Outcome.DiedOf(11)));
    }

    /** What a store holds that was given a batch before anything else. */
    static Stored stored(Batch batch) {
        return new Stored(
                batch.tasks(), batch.workspaces(), batch.lastTaskId(), List.of(batch.clock()));
    }
}
