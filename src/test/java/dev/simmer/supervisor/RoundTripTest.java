package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Limits;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client asks for arrives, and what the engine has arrives at the client. */
@Timeout(60)
class RoundTripTest {
    @TempDir Path home;

    @Test
    void helloTellsWhoIsThere() throws Exception {
        SupervisorClient.prepare();
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect()) {
            assertThat(client.hello())
                    .isEqualTo(
                            new Hello(
                                    ServedHome.VERSION,
                                    Protocol.VERSION,
                                    ProcessHandle.current().pid(),
                                    home));
        }
    }

    @Test
    void spawnReachesTheEngineAndItsTaskIsSeenAtOnce() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect()) {
            Request spawn =
                    new Request.Spawn(
                            List.of(FakeEngine.spec("build")),
                            Limits.DEFAULT,
                            false,
                            Request.Existing.NUMBER);
            Reply reply = client.submit(spawn);

            assertThat(reply).isEqualTo(new Reply.Accepted(List.of(new TaskId(1))));
            assertThat(served.engine.nextRequest()).isEqualTo(spawn);
            Snapshot seen = client.snapshot(TaskFilter.ALL);
            assertThat(seen.tasks()).isEqualTo(served.engine.snapshot().tasks());
            assertThat(seen.host()).isEqualTo(served.engine.snapshot().host());
        }
    }

    @Test
    void refusalHasTheEnginesWords() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect()) {
            served.engine.refuse("the disk is full: make room in /home");
            assertThat(client.submit(new Request.Start(Set.of(new TaskId(4)))))
                    .isEqualTo(new Reply.Refused("the disk is full: make room in /home"));
        }
    }

    @Test
    void newestEndedOnesAreShownAndTheRestIsCounted() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect()) {
            TaskId runs = served.engine.add("runs");
            for (int i = 0; i < 50; i++) {
                served.engine.phase(served.engine.add("done " + i), Phase.FAILED, "exit code 1");
            }
            served.engine.publish();
            Listing listing = client.list(TaskFilter.newestEnded(3));
            assertThat(listing.snapshot().tasks())
                    .extracting(TaskView::id)
                    .containsExactly(runs, new TaskId(49), new TaskId(50), new TaskId(51));
            assertThat(listing.leftOut()).isEqualTo(47);
        }
    }

    @Test
    void watchTellsTheStateAndThenWhatChanges() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect()) {
            TaskId build = served.engine.add("build");
            TaskId test = served.engine.add("test");
            served.engine.publish();
            client.watch(TaskFilter.of(Set.of(build)));
            assertThat(client.next().tasks()).extracting(TaskView::id).containsExactly(build);

            served.engine.say(test, "nobody asked");
            served.engine.phase(build, Phase.FAILED, "exit code 1");
            served.engine.publish();
            Snapshot next = client.next(Duration.ofSeconds(20)).orElseThrow();
            assertThat(next.tasks())
                    .isEqualTo(List.of(served.engine.snapshot().tasks().getFirst()));

            served.engine.say(test, "nobody asked again");
            served.engine.publish();
            served.engine.remove(build);
            served.engine.trouble(Optional.of("the disk is full"));
            served.engine.publish();
            next = client.next(Duration.ofSeconds(20)).orElseThrow();
            while (next.trouble().isEmpty()) {
                next = client.next();
            }
            assertThat(next.tasks()).isEmpty();
        }
    }

    @Test
    void statusTellsHowItIs() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect();
                SupervisorClient other = served.connect()) {
            other.watch(TaskFilter.ALL);
            other.next();
            served.engine.add("build");
            served.engine.publish();
            SupervisorStatus status = client.status();
            assertThat(status.version()).isEqualTo(ServedHome.VERSION);
            assertThat(status.tasks()).containsOnly(java.util.Map.entry("running", 1));
            assertThat(status.clients()).isEqualTo(2);
            assertThat(status.subscriptions()).isEqualTo(1);
            assertThat(status.diskBytes()).containsEntry("database", 4096L);
            assertThat(status.residentBytes()).isGreaterThan(1 << 20);
            assertThat(status.heapUsedBytes()).isBetween(1L, status.heapMaxBytes());
        }
    }

    @Test
    void shutdownEndsServingAndTakesTheSocketAway() throws Exception {
        try (ServedHome served = new ServedHome(home)) {
            Thread wiring =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    served.awaitEnd();
                                    served.server.close();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            served.connect().shutdown();
            wiring.join();
            assertThat(served.files.socket()).doesNotExist();
            assertThat(served.start().find()).isEmpty();
        }
    }
}
