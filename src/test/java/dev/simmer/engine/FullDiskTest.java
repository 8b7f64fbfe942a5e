package dev.simmer.engine;

import static dev.simmer.engine.Workshop.attempt;
import static dev.simmer.engine.Workshop.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine whose store refuses to save for a while. */
class FullDiskTest {
    private static final String FULL = "cannot save to /home: the disk is full: make room there";

    private final Workshop shop = new Workshop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void requestIsRefusedWithTheCauseAndChangesNothing() throws Exception {
        shop.runs(task("build"));
        shop.store.failure = FULL;
        assertThat(shop.submit(task("other"))).isEqualTo(new Reply.Refused(FULL));
        assertThat(shop.ask(new Request.Rename(new TaskId(1), "new")))
                .isEqualTo(new Reply.Refused(FULL));
        assertThat(shop.await(s -> s.trouble().isPresent()).trouble()).contains(FULL);
        assertThat(shop.engine().snapshot().tasks()).hasSize(1);
        assertThat(shop.processes().nothingAsked()).isTrue();
        shop.store.failure = "";
        assertThat(shop.submit(task("other")))
                .isEqualTo(new Reply.Accepted(List.of(new TaskId(2))));
        assertThat(shop.processes().next()).isEqualTo("spawn 2.1");
        shop.await(s -> s.trouble().isEmpty());
    }

    @Test
    void forgottenTaskIsKeptWhereThatCannotBeSaved() throws Exception {
        shop.submit(task("rests").autostart(false));
        shop.store.failure = FULL;
        assertThat(shop.ask(new Request.Forget(Set.of(new TaskId(1)))))
                .isEqualTo(new Reply.Refused(FULL));
        shop.store.failure = "";
        shop.await(s -> s.trouble().isEmpty() && s.host().known());
        shop.runs(task("other"));
        assertThat(shop.store.has(1)).isTrue();
    }

    @Test
    void whatFillsTheDiskCanBeStopped() throws Exception {
        shop.runs(task("flood"));
        shop.store.failure = FULL;
        assertThat(shop.ask(new Request.Stop(Set.of(new TaskId(1)), false)))
                .isEqualTo(new Reply.Accepted(List.of(new TaskId(1))));
        assertThat(shop.processes().next()).isEqualTo("signal 1.1 TERM");
        shop.processes()
                .listener
                .exited(
                        attempt(1, 1),
                        new Ending(new ExitStatus.Signaled(15), 0, Optional.empty()));
        assertThat(shop.processes().next()).isEqualTo("release 1.1");
        shop.view(1, view -> view.phase() == Phase.KILLED);
        assertThat(shop.store.task(1).state()).isInstanceOf(StoredState.Running.class);
        shop.store.failure = "";
        shop.await(s -> s.trouble().isEmpty());
        assertThat(shop.store.task(1).state()).isInstanceOf(StoredState.Ended.class);
    }

    @Test
    void nothingIsStartedBeforeItIsSaved() throws Exception {
        shop.submit(task("one").lock("git"));
        shop.submit(task("two").lock("git"));
        assertThat(shop.processes().next()).isEqualTo("spawn 1.1");
        shop.processes().listener.started(attempt(1, 1), 1);
        shop.view(1, view -> view.phase() == Phase.RUNNING);
        shop.store.failure = FULL;
        shop.processes()
                .listener
                .exited(attempt(1, 1), new Ending(new ExitStatus.Code(0), 0, Optional.empty()));
        assertThat(shop.processes().next()).isEqualTo("release 1.1");
        shop.view(2, view -> view.phase() == Phase.STARTING);
        assertThat(shop.ask(new Request.Stop(Set.of(new TaskId(2)), true)))
                .isInstanceOf(Reply.Accepted.class);
        assertThat(shop.processes().nothingAsked()).isTrue();
        shop.store.failure = "";
        assertThat(shop.processes().next()).isEqualTo("spawn 2.1");
        assertThat(shop.processes().next()).isEqualTo("kill 2.1");
        assertThat(shop.view(1, view -> view.phase().ended()).outcome())
                .contains(new Outcome.Succeeded());
    }

    @Test
    void storeThatCannotBeReadIsReadLater() throws Exception {
        shop.runs(task("build"));
        shop.store.failure = "cannot read /home/simmer.db";
        shop.again();
        assertThat(shop.await(s -> s.trouble().isPresent()).trouble())
                .contains("cannot read /home/simmer.db");
        assertThat(shop.ask(new Request.Stop(Set.of(new TaskId(1)), false)))
                .isEqualTo(new Reply.Refused("cannot read /home/simmer.db"));
        shop.store.failure = "";
        shop.await(s -> s.trouble().isEmpty() && s.tasks().size() == 1);
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
    }

    @Test
    void engineBegunOnAFullDiskFindsItsTasks() throws Exception {
        shop.runs(task("build"));
        shop.wallAheadMillis.addAndGet(5_000);
        shop.engine().close();
        shop.begin(new FailingSaves(shop.store, FULL));
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        shop.processes().listener.adopted(attempt(1, 1));
        assertThat(shop.await(s -> s.trouble().isPresent() && s.tasks().size() == 1).trouble())
                .contains(FULL);
    }
}
