package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An engine with its surroundings, all of them played; the engine can be ended and begun again. */
final class Workshop implements AutoCloseable {
    static final WorkspaceId WORKSPACE = new WorkspaceId(Path.of("/work"));
    private static final long GIB = 1L << 30;

    final FakeStore store = new FakeStore();
    volatile String boot = "first";

    /** What the clocks are ahead of the machine's. */
    final AtomicLong aheadMillis = new AtomicLong();

    final AtomicLong wallAheadMillis = new AtomicLong();

    /** What the host has available from the next look on. */
    final AtomicLong availableBytes = new AtomicLong(15 * GIB);

    /** Lines of the log of events. */
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    private @Nullable FakeProcesses processes;
    private @Nullable LocalEngine engine;

    private final Clock clock =
            new Clock() {
                private final Clock system = Clock.system();

                @Override
                public long millis() {
                    return system.millis() + aheadMillis.get();
                }

                @Override
                public Instant wall() {
                    return system.wall().plusMillis(aheadMillis.get() + wallAheadMillis.get());
                }

                @Override
                public String boot() {
                    return boot;
                }
            };

    Workshop() {
        begin();
    }

    /** Begins an engine. */
    void begin() {
        begin(store);
    }

    void begin(TaskStore kept) {
        snapshots.clear();
        engine =
                new LocalEngine(
                        listener -> {
                            FakeProcesses fake = new FakeProcesses(listener);
                            processes = fake;
                            return fake;
                        },
                        () ->
                                new HostSample(
                                        16 * GIB,
                                        availableBytes.get(),
                                        OptionalLong.empty(),
                                        4,
                                        0.5,
                                        1.0),
                        _ -> Map.of(),
                        clock,
                        RandomGenerator.of("L64X128MixRandom"),
                        Path.of("/nowhere/runs"),
                        kept,
                        (task, words) -> events.add(task + ": " + words));
        engine.subscribe(snapshots::add);
    }

    /** Ends the engine and begins another one. */
    void again() {
        engine().close();
        begin();
    }

    LocalEngine engine() {
        return Objects.requireNonNull(engine);
    }

    FakeProcesses processes() {
        return Objects.requireNonNull(processes);
    }

    static TaskSpec.Builder task(String name) {
        return TaskSpec.named(name, WORKSPACE, new Command.Shell("work")).memory(0);
    }

    static AttemptId attempt(long task, int number) {
        return new AttemptId(new TaskId(task), number);
    }

    Reply ask(Request request) throws Exception {
        return engine().submit(request).get(20, TimeUnit.SECONDS);
    }

    Reply submit(TaskSpec.Builder... specs) throws Exception {
        return ask(
                new Request.Spawn(
                        List.of(specs).stream().map(TaskSpec.Builder::build).toList(),
                        Limits.DEFAULT,
                        false,
                        Request.Existing.REFUSE));
    }

    /** Submits a task and has it started; what the engine asks of its processes is taken. */
    AttemptId runs(TaskSpec.Builder spec) throws Exception {
        Reply reply = submit(spec);
        assertThat(reply).isInstanceOf(Reply.Accepted.class);
        TaskId id = ((Reply.Accepted) reply).ids().getFirst();
        assertThat(processes().next()).isEqualTo("spawn " + id + ".1");
        processes().listener.started(new AttemptId(id, 1), 4711);
        await(s -> s.task(id).flatMap(TaskView::startedAt).isPresent());
        return new AttemptId(id, 1);
    }

    TaskView view(long id, Predicate<TaskView> wanted) throws InterruptedException {
        Snapshot found = await(s -> s.task(new TaskId(id)).filter(wanted).isPresent());
        return found.task(new TaskId(id)).orElseThrow();
    }

    Snapshot await(Predicate<Snapshot> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Snapshot last = engine().snapshot();
        if (wanted.test(last)) {
            return last;
        }
        while (System.nanoTime() < end) {
            Snapshot next = snapshots.poll(1, TimeUnit.SECONDS);
            last = next == null ? last : next;
            if (next != null && wanted.test(next)) {
                return next;
            }
        }
        throw new AssertionError("never came to be; last seen: " + last);
    }

    @Override
    public void close() {
        engine().close();
    }
}
