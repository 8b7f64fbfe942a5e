package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Limits;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine that a dashboard has, while supervisors come and go. */
@Timeout(60)
class RemoteEngineTest {
    private static final Request STOP = new Request.Stop(Set.of(new TaskId(1)), false);

    @TempDir Path home;

    private static RemoteEngine.Dialer dialer(SupervisorFiles files) {
        return () ->
                SupervisorClient.dial(files, files.socket(), ServedHome.VERSION)
                        .orElseThrow(() ->
                                new SupervisorFailure(Kind.NOT_RUNNING, "no supervisor runs"));
    }

    /** Waits for a snapshot that is as it must be. */
    private static Snapshot await(RemoteEngine engine, Predicate<Snapshot> is)
            throws InterruptedException {
        LinkedBlockingQueue<Snapshot> seen = new LinkedBlockingQueue<>();
        try (var _ = engine.subscribe(seen::add)) {
            while (true) {
                Snapshot next = seen.poll(20, TimeUnit.SECONDS);
                assertThat(next).as("a snapshot in time").isNotNull();
                if (is.test(next)) {
                    return next;
                }
            }
        }
    }

    private static boolean says(Snapshot snapshot, String words) {
        return snapshot.trouble().filter(each -> each.contains(words)).isPresent();
    }

    @Test
    void snapshotsFollowTheSupervisorsAndRequestsReachIt() throws Exception {
        try (ServedHome served = new ServedHome(home);
                RemoteEngine engine = new RemoteEngine(dialer(served.files), TaskFilter.ALL)) {
            TaskId build = served.engine.add("build");
            served.engine.publish();
            Snapshot seen = await(engine, each -> each.tasks().size() == 1);
            assertThat(seen.tasks()).isEqualTo(served.engine.snapshot().tasks());
            assertThat(engine.snapshot().version()).isGreaterThanOrEqualTo(seen.version());

            Reply reply =
                    engine.submit(
                                    new Request.Spawn(
                                            List.of(FakeEngine.spec("test")),
                                            Limits.DEFAULT,
                                            true,
                                            Request.Existing.KEEP))
                            .get(20, TimeUnit.SECONDS);
            assertThat(reply).isEqualTo(new Reply.Accepted(List.of(new TaskId(2))));

            served.engine.remove(build);
            served.engine.publish();
            await(engine, each -> each.task(build).isEmpty() && each.tasks().size() == 1);
        }
    }

    @Test
    void lostSupervisorIsToldAndTheNextOneIsTakenUp() throws Exception {
        ServedHome first = new ServedHome(home);
        first.engine.add("build");
        first.engine.publish();
        try (RemoteEngine engine = new RemoteEngine(dialer(first.files), TaskFilter.ALL)) {
            Snapshot before = await(engine, each -> each.tasks().size() == 1);
            first.engine.fallSilent();
            CompletableFuture<Reply> unanswered = engine.submit(STOP);
            assertThat(first.engine.nextRequest()).isEqualTo(STOP);
            first.close();

            assertThat(unanswered.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Reply.Refused.class,
                            refused -> assertThat(refused.why()).contains("before it answered"));
            Snapshot lost = await(engine, each -> each.trouble().isPresent());
            assertThat(lost.tasks()).isEqualTo(before.tasks());
            assertThat(lost.version()).isGreaterThan(before.version());
            await(engine, each -> says(each, "no supervisor runs"));

            try (ServedHome second = new ServedHome(home)) {
                second.engine.add("one");
                second.engine.add("two");
                second.engine.publish();
                Snapshot after =
                        await(engine, each -> each.trouble().isEmpty() && each.tasks().size() == 2);
                assertThat(after.version()).isGreaterThan(lost.version());
                assertThat(after.tasks()).extracting(TaskView::name).containsExactly("one", "two");
                assertThat(engine.submit(STOP).get(20, TimeUnit.SECONDS))
                        .isInstanceOf(Reply.Accepted.class);
            }
        } finally {
            first.close();
        }
    }

    /** Counts how often somebody dials, and so would start a supervisor. */
    private static RemoteEngine.Dialer counting(ServedHome served, AtomicInteger dials) {
        SupervisorStart start = served.start();
        return new RemoteEngine.Dialer() {
            @Override
            public SupervisorClient dial() throws SupervisorFailure {
                dials.incrementAndGet();
                return start.find()
                        .orElseThrow(() -> new SupervisorFailure(Kind.NOT_RUNNING, "none runs"));
            }

            @Override
            public Optional<SupervisorClient> find() throws SupervisorFailure {
                return start.find();
            }
        };
    }

    private static void stop(ServedHome served) throws Exception {
        SupervisorClient client = served.connect();
        CompletableFuture<Void> ended =
                CompletableFuture.runAsync(() -> {
                    try {
                        client.shutdown();
                    } catch (SupervisorFailure e) {
                        throw new IllegalStateException(e);
                    }
                });
        served.awaitEnd();
        served.close();
        ended.get(20, TimeUnit.SECONDS);
    }

    @Test
    void stoppedSupervisorRestsUntilSomebodyElseStartsOne() throws Exception {
        AtomicInteger dials = new AtomicInteger();
        ServedHome first = new ServedHome(home);
        first.engine.add("build");
        first.engine.publish();
        try (RemoteEngine engine = new RemoteEngine(counting(first, dials), TaskFilter.ALL)) {
            await(engine, each -> each.tasks().size() == 1);
            stop(first);
            await(engine, each -> each.trouble().equals(Optional.of(Snapshot.STOPPED)));
            assertThat(engine.submit(new Request.Explain(new TaskId(1))).get(20, TimeUnit.SECONDS))
                    .isEqualTo(new Reply.Refused(Snapshot.STOPPED));

            try (ServedHome second = new ServedHome(home)) {
                second.engine.add("one");
                second.engine.add("two");
                second.engine.publish();
                await(engine, each -> each.trouble().isEmpty() && each.tasks().size() == 2);
                assertThat(dials).hasValue(1);
            }
            await(engine, each -> says(each, "none runs"));
            assertThat(dials.get()).isGreaterThan(1);
        } finally {
            first.close();
        }
    }

    @Test
    void stoppedSupervisorIsStartedAgainForWhoeverWantsSomething() throws Exception {
        AtomicInteger dials = new AtomicInteger();
        ServedHome first = new ServedHome(home);
        try (RemoteEngine engine = new RemoteEngine(counting(first, dials), TaskFilter.ALL)) {
            await(engine, each -> each.version() > 0);
            stop(first);
            await(engine, each -> each.trouble().equals(Optional.of(Snapshot.STOPPED)));
            engine.wake();
            await(engine, each -> says(each, "none runs"));
            assertThat(dials.get()).isGreaterThan(1);
        } finally {
            first.close();
        }
    }

    @Test
    void requestsWaitForTheFirstConnectionAndAreRefusedWhereThereIsNone() throws Exception {
        CompletableFuture<SupervisorClient> connection = new CompletableFuture<>();
        LinkedBlockingQueue<Optional<SupervisorFailure>> dials = new LinkedBlockingQueue<>();
        RemoteEngine.Dialer dialer =
                () -> {
                    try {
                        Optional<SupervisorFailure> failure = dials.poll(20, TimeUnit.SECONDS);
                        if (failure != null && failure.isPresent()) {
                            throw failure.get();
                        }
                        return connection.join();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                };
        try (ServedHome served = new ServedHome(home);
                RemoteEngine engine = new RemoteEngine(dialer, TaskFilter.ALL)) {
            assertThat(engine.snapshot()).isEqualTo(Snapshot.EMPTY);
            CompletableFuture<Reply> first = engine.submit(STOP);
            dials.add(Optional.of(new SupervisorFailure(Kind.DID_NOT_START, "no java here")));
            assertThat(first.get(20, TimeUnit.SECONDS))
                    .isEqualTo(new Reply.Refused("no java here"));
            await(engine, each -> says(each, "no java here"));

            CompletableFuture<Reply> second = engine.submit(STOP);
            connection.complete(served.connect());
            dials.add(Optional.empty());
            assertThat(second.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Accepted.class);
        }
    }

    @Test
    void closedEngineAnswersEverybody() throws Exception {
        try (ServedHome served = new ServedHome(home)) {
            served.engine.fallSilent();
            RemoteEngine engine = new RemoteEngine(dialer(served.files), TaskFilter.ALL);
            CompletableFuture<Reply> underWay = engine.submit(STOP);
            served.engine.nextRequest();
            engine.close();
            assertThat(underWay.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Refused.class);
            assertThat(engine.submit(STOP).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(Reply.Refused.class);
        }
    }
}
