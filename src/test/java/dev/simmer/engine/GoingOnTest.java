package dev.simmer.engine;

import static dev.simmer.engine.Workshop.attempt;
import static dev.simmer.engine.Workshop.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.Snapshot;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine that begins where another one ended. */
class GoingOnTest {
    private final Workshop shop = new Workshop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void decisionIsSavedBeforeItIsDone() throws Exception {
        shop.submit(task("build"));
        assertThat(shop.processes().next()).isEqualTo("spawn 1.1");
        assertThat(shop.store.task(1).state()).isInstanceOf(StoredState.Starting.class);
    }

    @Test
    void runningTaskIsAdoptedAndEndsAsItWouldHave() throws Exception {
        shop.runs(task("build"));
        shop.submit(task("ship").need("build", Need.Condition.SUCCEEDED));
        shop.again();
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        shop.processes().listener.adopted(attempt(1, 1));
        shop.view(1, view -> view.phase() == Phase.RUNNING);
        shop.processes()
                .listener
                .exited(attempt(1, 1), new Ending(new ExitStatus.Code(0), 0, Optional.empty()));
        assertThat(shop.processes().next()).isEqualTo("release 1.1");
        assertThat(shop.processes().next()).isEqualTo("spawn 2.1");
        assertThat(shop.view(1, view -> view.phase().ended()).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void whatEndedMeanwhileEndedWhenItDid() throws Exception {
        shop.runs(task("build"));
        Instant started = shop.view(1, _ -> true).startedAt().orElseThrow();
        shop.aheadMillis.addAndGet(60_000);
        shop.again();
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        Instant ended = started.plusMillis(20_000);
        shop.processes()
                .listener
                .exited(attempt(1, 1), new Ending(new ExitStatus.Code(3), 0, Optional.of(ended)));
        TaskView view = shop.view(1, each -> each.phase().ended());
        assertThat(view.outcome()).contains(new Outcome.ExitedWith(3));
        assertThat(view.startedAt()).contains(started);
        assertThat(view.endedAt()).contains(ended);
        assertThat(view.attempts().getLast().endedAt()).contains(ended);
    }

    @Test
    void whatWasDecidedButNotStartedIsStarted() throws Exception {
        shop.submit(task("build"));
        assertThat(shop.processes().next()).isEqualTo("spawn 1.1");
        shop.again();
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        shop.processes().listener.neverBegan(attempt(1, 1));
        assertThat(shop.processes().next()).isEqualTo("spawn 1.1");
    }

    @Test
    void nothingStartsBeforeAllIsFound() throws Exception {
        shop.runs(task("one"));
        shop.runs(task("two"));
        shop.again();
        shop.submit(task("new"));
        assertThat(shop.view(3, _ -> true).reason())
                .isEqualTo("waits until 2 tasks that ran before have been found again");
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        assertThat(shop.processes().next()).isEqualTo("adopt 2.1");
        shop.processes().listener.adopted(attempt(1, 1));
        shop.view(3, view -> view.reason().startsWith("waits until 1 task "));
        assertThat(shop.processes().nothingAsked()).isTrue();
        shop.processes().listener.adopted(attempt(2, 1));
        assertThat(shop.processes().next()).isEqualTo("spawn 3.1");
    }

    @Test
    void signalIsSentAgainUntilItIsKnownToHaveBeenSent() throws Exception {
        StopPolicy patient = new StopPolicy(Signal.TERM, Duration.ofHours(1));
        shop.runs(task("dev").stop(patient));
        shop.ask(new Request.Stop(Set.of(new TaskId(1)), false));
        assertThat(shop.processes().next()).isEqualTo("signal 1.1 TERM");
        assertThat(shop.store.task(1).owed()).containsExactly(Signal.TERM);
        shop.again();
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        shop.processes().listener.adopted(attempt(1, 1));
        assertThat(shop.processes().next()).isEqualTo("signal 1.1 TERM");
        shop.processes().listener.signalled(attempt(1, 1), Signal.TERM);
        // Behind the news of the signal.
        shop.submit(task("other"));
        assertThat(shop.processes().next()).isEqualTo("spawn 2.1");
        assertThat(shop.store.task(1).owed()).isEmpty();
        shop.again();
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        assertThat(shop.processes().next()).isEqualTo("adopt 2.1");
        shop.processes().listener.adopted(attempt(1, 1));
        shop.processes().listener.adopted(attempt(2, 1));
        shop.submit(task("last"));
        assertThat(shop.processes().next()).isEqualTo("spawn 3.1");
    }

    @Test
    void machineThatWasStartedAnewHasNoneOfTheOldProcesses() throws Exception {
        shop.runs(task("build"));
        shop.engine().close();
        shop.boot = "second";
        shop.aheadMillis.addAndGet(-3_600_000);
        shop.wallAheadMillis.addAndGet(2 * 3_600_000);
        shop.begin();
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1 after a new start");
        shop.processes()
                .listener
                .exited(
                        attempt(1, 1),
                        new Ending(
                                new ExitStatus.Unknown("the machine was started anew"),
                                0,
                                Optional.empty()));
        TaskView view = shop.view(1, each -> each.phase().ended());
        assertThat(view.phase()).isEqualTo(Phase.LOST);
        Duration ran =
                Duration.between(view.startedAt().orElseThrow(), view.endedAt().orElseThrow());
        assertThat(ran).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        assertThat(shop.processes().next()).isEqualTo("release 1.1");
        // Killed again before anybody has said what became of a task of this start.
        shop.runs(task("other"));
        shop.again();
        assertThat(shop.processes().next()).isEqualTo("adopt 2.1");
    }

    @Test
    void numbersOfTasksAreNeverUsedAgain() throws Exception {
        shop.runs(task("build"));
        shop.processes()
                .listener
                .exited(attempt(1, 1), new Ending(new ExitStatus.Code(0), 0, Optional.empty()));
        assertThat(shop.processes().next()).isEqualTo("release 1.1");
        shop.view(1, view -> view.phase().ended());
        assertThat(shop.ask(new Request.Forget(Set.of(new TaskId(1)))))
                .isEqualTo(new Reply.Accepted(List.of(new TaskId(1))));
        assertThat(shop.processes().next()).isEqualTo("discard 1");
        assertThat(shop.store.has(1)).isFalse();
        shop.await(snapshot -> snapshot.tasks().isEmpty());
        shop.again();
        assertThat(shop.submit(task("build")))
                .isEqualTo(new Reply.Accepted(List.of(new TaskId(2))));
    }

    @Test
    void requestsWaitUntilTheStoreHasBeenRead() throws Exception {
        shop.runs(task("build"));
        shop.engine().close();
        shop.store.readable.drainPermits();
        shop.begin();
        assertThat(shop.engine().snapshot()).isEqualTo(Snapshot.EMPTY);
        CompletableFuture<Reply> reply =
                shop.engine().submit(new Request.Pause(Set.of(new TaskId(1))));
        assertThat(reply).isNotDone();
        shop.store.readable.release();
        assertThat(reply.get(20, TimeUnit.SECONDS))
                .isEqualTo(new Reply.Accepted(List.of(new TaskId(1))));
    }

    @Test
    void environmentsThatAreEqualAreTheSame() throws Exception {
        CallerEnvironment one = new CallerEnvironment(Map.of("PATH", "/bin"));
        CallerEnvironment other = new CallerEnvironment(Map.of("PATH", "/bin"));
        shop.runs(task("one").inherited(one));
        shop.runs(task("two").inherited(other));
        Snapshot snapshot = shop.await(each -> each.tasks().size() == 2);
        assertThat(snapshot.tasks().getFirst().spec().inherited().orElseThrow())
                .isSameAs(snapshot.tasks().getLast().spec().inherited().orElseThrow());
    }

    @Test
    void spawningSavesNoMoreThanOnceAnInput() throws Exception {
        int before = shop.store.saves();
        shop.runs(task("build"));
        shop.processes()
                .listener
                .exited(attempt(1, 1), new Ending(new ExitStatus.Code(0), 0, Optional.empty()));
        assertThat(shop.processes().next()).isEqualTo("release 1.1");
        assertThat(shop.store.saves() - before).isBetween(1, 4);
    }
}
