package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.EventLog;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Backoff;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Limits;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Readiness;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.Snapshot;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalEngineTest {
    private static final WorkspaceId WORKSPACE = new WorkspaceId(Path.of("/work"));
    private static final long GIB = 1L << 30;

    private final AtomicLong available = new AtomicLong(8 * GIB);
    private final Map<AttemptId, UsageSample> used = new ConcurrentHashMap<>();
    private final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable FakeProcesses> made = new AtomicReference<>();
    private @Nullable LocalEngine engine;

    @BeforeEach
    void start() {
        LocalEngine started =
                new LocalEngine(
                        listener -> {
                            FakeProcesses fake = new FakeProcesses(listener);
                            made.set(fake);
                            return fake;
                        },
                        () ->
                                new HostSample(
                                        10 * GIB,
                                        available.get(),
                                        OptionalLong.empty(),
                                        4,
                                        0.5,
                                        1.0),
                        attempts -> Map.copyOf(used),
                        Clock.system(),
                        RandomGenerator.of("L64X128MixRandom"),
                        Path.of("/runs"),
                        TaskStore.NONE,
                        EventLog.NONE);
        started.subscribe(snapshots::add);
        engine = started;
    }

    @AfterEach
    void stop() {
        engine().close();
    }

    private LocalEngine engine() {
        return java.util.Objects.requireNonNull(engine);
    }

    private FakeProcesses processes() {
        return java.util.Objects.requireNonNull(made.get());
    }

    private static TaskSpec.Builder task(String name) {
        return TaskSpec.named(name, WORKSPACE, new Command.Shell("work"));
    }

    private List<TaskId> spawn(TaskSpec... specs) throws Exception {
        Request request =
                new Request.Spawn(List.of(specs), Limits.DEFAULT, false, Request.Existing.REFUSE);
        Reply reply = engine().submit(request).get(20, TimeUnit.SECONDS);
        assertThat(reply).isInstanceOf(Reply.Accepted.class);
        return ((Reply.Accepted) reply).ids();
    }

    /** Waits for a snapshot in which the task is as wanted. */
    private TaskView await(TaskId id, Predicate<TaskView> wanted) throws InterruptedException {
        Snapshot found = awaitSnapshot(s -> s.task(id).filter(wanted).isPresent());
        return found.task(id).orElseThrow();
    }

    private Snapshot awaitSnapshot(Predicate<Snapshot> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Snapshot last = null;
        while (System.nanoTime() < end) {
            Snapshot next = snapshots.poll(1, TimeUnit.SECONDS);
            last = next == null ? last : next;
            if (next != null && wanted.test(next)) {
                return next;
            }
        }
        throw new AssertionError("never came to be; last seen: " + last);
    }

    private static AttemptId attempt(TaskId id, int number) {
        return new AttemptId(id, number);
    }

    @Test
    void jobRunsFromSpawnToSuccess() throws Exception {
        TaskId id = spawn(task("build").build()).getFirst();
        assertThat(processes().next()).isEqualTo("spawn 1.1");
        processes().listener.started(attempt(id, 1), 4711);
        used.put(attempt(id, 1), new UsageSample(4712, 3, 0.75, GIB));

        TaskView running = await(id, view -> view.rssBytes() == GIB);
        assertThat(running.phase()).isEqualTo(Phase.RUNNING);
        assertThat(running.pid()).hasValue(4712);
        assertThat(running.cpu()).isEqualTo(0.75);
        assertThat(running.log()).contains(Path.of("/runs/1/1/output.log"));

        processes()
                .listener
                .exited(attempt(id, 1), new Ending(new ExitStatus.Code(0), 0, Optional.empty()));
        assertThat(processes().next()).isEqualTo("release 1.1");
        TaskView ended = await(id, view -> view.phase().ended());
        assertThat(ended.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(ended.exitCode()).hasValue(0);
        assertThat(ended.attempts()).hasSize(1);
        assertThat(ended.startedAt()).isPresent();
        assertThat(ended.endedAt()).isPresent();
        assertThat(ended.rssBytes()).isZero();
    }

    @Test
    void needIsWaitedForAndItsFailureSkips() throws Exception {
        List<TaskId> ids =
                spawn(
                        task("check").build(),
                        task("build").need("check", Need.Condition.SUCCEEDED).build());
        assertThat(processes().next()).isEqualTo("spawn 1.1");
        assertThat(await(ids.get(1), view -> true).reason())
                .isEqualTo("waits for check to succeed");
        processes().listener.started(attempt(ids.get(0), 1), 1);
        processes()
                .listener
                .exited(
                        attempt(ids.get(0), 1),
                        new Ending(new ExitStatus.Code(3), 0, Optional.empty()));
        TaskView skipped = await(ids.get(1), view -> view.phase().ended());
        assertThat(skipped.phase()).isEqualTo(Phase.SKIPPED);
        assertThat(skipped.reason()).isEqualTo("needs check, which failed");
        assertThat(engine().snapshot().task(ids.get(0)).orElseThrow().reason())
                .isEqualTo("exit code 3");
    }

    @Test
    void waitingForMemoryIsExplainedAndEndsWhenThereIsRoom() throws Exception {
        available.set(2 * GIB);
        awaitSnapshot(snapshot -> snapshot.host().availableBytes() == 2 * GIB);
        TaskId id = spawn(task("build").memory(3 * GIB).build()).getFirst();
        TaskView waiting = await(id, view -> view.reason().contains("memory: needs"));
        assertThat(waiting.reason())
                .isEqualTo("waits for memory: needs 3.0 GiB, 1.0 GiB free to promise");
        assertThat(processes().nothingAsked()).isTrue();
        available.set(6 * GIB);
        assertThat(processes().next()).isEqualTo("spawn 1.1");
    }

    @Test
    void outputIsReadForARetryOnAnotherThread() throws Exception {
        RetryPolicy policy =
                new RetryPolicy(
                        1,
                        new Backoff(Duration.ZERO, Duration.ZERO),
                        new TreeSet<>(),
                        Optional.of(Pattern.compile("ECONNRESET")));
        TaskId id = spawn(task("fetch").retry(policy).build()).getFirst();
        processes().outputMatches = true;
        assertThat(processes().next()).isEqualTo("spawn 1.1");
        processes().listener.started(attempt(id, 1), 1);
        processes()
                .listener
                .exited(attempt(id, 1), new Ending(new ExitStatus.Code(1), 0, Optional.empty()));
        assertThat(processes().next()).isEqualTo("release 1.1");
        assertThat(processes().next()).isEqualTo("spawn 1.2");
        assertThat(processes().matcherThread).contains("VirtualThread");

        processes().outputMatches = false;
        processes().listener.started(attempt(id, 2), 1);
        processes()
                .listener
                .exited(attempt(id, 2), new Ending(new ExitStatus.Code(1), 0, Optional.empty()));
        TaskView ended = await(id, view -> view.phase().ended());
        assertThat(ended.attempts()).hasSize(2);
        assertThat(ended.attempts().getFirst().outcome()).contains(new Outcome.ExitedWith(1));
    }

    @Test
    void stopGoesFromTheSignalToTheKill() throws Exception {
        StopPolicy quick = new StopPolicy(Signal.INT, Duration.ofMillis(40));
        TaskId id = spawn(task("stubborn").stop(quick).build()).getFirst();
        assertThat(processes().next()).isEqualTo("spawn 1.1");
        processes().listener.started(attempt(id, 1), 1);
        engine().submit(new Request.Stop(Set.of(id), false)).get(20, TimeUnit.SECONDS);
        assertThat(processes().next()).isEqualTo("signal 1.1 INT");
        assertThat(processes().next()).isEqualTo("kill 1.1");
        processes()
                .listener
                .exited(
                        attempt(id, 1),
                        new Ending(new ExitStatus.Signaled(9), 2, Optional.empty()));
        processes().listener.gone(attempt(id, 1));
        assertThat(processes().next()).isEqualTo("release 1.1");
        assertThat(await(id, view -> view.phase().ended()).phase()).isEqualTo(Phase.KILLED);
    }

    @Test
    void readinessAndStartFailuresReachTheSnapshot() throws Exception {
        Readiness ready = new Readiness(new Readiness.Probe.Tcp(3000), Readiness.DEFAULT_TIMEOUT);
        List<TaskId> ids = spawn(task("dev").ready(ready).build(), task("typo").build());
        List<String> spawned = new ArrayList<>();
        spawned.add(processes().next());
        spawned.add(processes().next());
        assertThat(spawned).containsExactlyInAnyOrder("spawn 1.1", "spawn 2.1");
        processes().listener.started(attempt(ids.get(0), 1), 1);
        assertThat(processes().next()).isEqualTo("probe 1.1 TCP port 3000");
        assertThat(await(ids.get(0), view -> view.phase() == Phase.RUNNING).reason())
                .isEqualTo("waits for TCP port 3000");
        processes().listener.ready(attempt(ids.get(0), 1));
        await(ids.get(0), view -> view.phase() == Phase.READY);

        processes()
                .listener
                .startFailed(
                        attempt(ids.get(1), 1),
                        new StartFailure(StartFailure.Cause.NO_SUCH_COMMAND, "no command wrok"));
        TaskView failed = await(ids.get(1), view -> view.phase().ended());
        assertThat(failed.phase()).isEqualTo(Phase.FAILED);
        assertThat(failed.reason()).isEqualTo("no command wrok");
        assertThat(failed.startedAt()).isEmpty();
    }

    @Test
    void viewOfAnUnchangedTaskIsNotMadeAgain() throws Exception {
        List<TaskId> ids = spawn(task("one").build(), task("two").build());
        processes().next();
        processes().next();
        processes().listener.started(attempt(ids.get(0), 1), 1);
        processes()
                .listener
                .exited(
                        attempt(ids.get(0), 1),
                        new Ending(new ExitStatus.Code(0), 0, Optional.empty()));
        TaskView before = await(ids.get(0), view -> view.phase().ended());
        processes().listener.started(attempt(ids.get(1), 1), 1);
        processes()
                .listener
                .exited(
                        attempt(ids.get(1), 1),
                        new Ending(new ExitStatus.Code(0), 0, Optional.empty()));
        await(ids.get(1), view -> view.phase().ended());
        assertThat(engine().snapshot().task(ids.get(0)).orElseThrow()).isSameAs(before);
    }

    @Test
    void requestsAreRefusedInWords() throws Exception {
        TaskId id = spawn(task("one").build()).getFirst();
        processes().next();
        assertThat(engine().submit(new Request.Stop(Set.of(new TaskId(9)), false)).get())
                .isEqualTo(new Reply.Refused("there is no task 9"));
        assertThat(engine().submit(new Request.Resume(Set.of(id))).get())
                .isEqualTo(new Reply.Refused("one is not paused"));
        assertThat(
                        engine().submit(
                                        new Request.Spawn(
                                                List.of(
                                                        task("a")
                                                                .need("b", Need.Condition.READY)
                                                                .build()),
                                                Limits.DEFAULT,
                                                false,
                                                Request.Existing.REFUSE))
                                .get())
                .isEqualTo(new Reply.Refused("a needs b, which does not exist"));
        engine().close();
        assertThat(engine().submit(new Request.Resume(Set.of(id))).get())
                .isEqualTo(new Reply.Refused("the engine has been closed"));
    }
}
