package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.PeakKey;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final long MIB = 1L << 20;

    private final Workshop shop = new Workshop();

    @AfterEach
    void close() {
        shop.close();
    }

    private static TaskSpec.Builder task(String name) {
        return TaskSpec.named(name, Workshop.WORKSPACE, new Command.Shell("work"));
    }

    private void ends(AttemptId attempt, ExitStatus status, long peakBytes, boolean doubtful) {
        shop.processes()
                .listener
                .exited(
                        attempt,
                        new Ending(
                                status,
                                0,
                                Optional.empty(),
                                peakBytes,
                                true,
                                doubtful,
                                OptionalLong.empty()));
    }

    @Test
    void doubtfulDeathIsForMemoryOnlyOfALargeTask() throws Exception {
        ends(shop.runs(task("small")), new ExitStatus.Code(137), 63 * MIB, true);
        assertThat(shop.view(1, each -> each.phase().ended()).outcome())
                .contains(new Outcome.ExitedWith(137));
        assertThat(shop.processes().next()).isEqualTo("release 1.1");
        ends(shop.runs(task("large")), new ExitStatus.Code(137), 64 * MIB, true);
        assertThat(shop.view(2, each -> each.phase().ended()).outcome())
                .contains(new Outcome.OutOfMemory(64 * MIB, OptionalLong.empty()));
    }

    @Test
    void successThatWasCutOffCountsAsOne() throws Exception {
        ends(shop.runs(task("build")), new ExitStatus.Code(0), 1_000 * MIB, false);
        TaskView ended = shop.view(1, each -> each.phase().ended());
        assertThat(ended.phase()).isEqualTo(Phase.SUCCEEDED);
        MemoryEstimate raised =
                shop.view(1, each -> each.expected().source() == MemorySource.RAISED).expected();
        assertThat(raised.bytes()).isGreaterThanOrEqualTo(1_500 * MIB);
        assertThat(raised.endedAt()).hasValue(1_000 * MIB);
    }

    private void ends(AttemptId attempt, int code, long peakBytes, boolean outOfMemory) {
        shop.processes()
                .listener
                .exited(
                        attempt,
                        new Ending(
                                outOfMemory
                                        ? new ExitStatus.Signaled(9)
                                        : new ExitStatus.Code(code),
                                0,
                                Optional.empty(),
                                peakBytes,
                                outOfMemory,
                                OptionalLong.empty()));
    }

    private MemoryEstimate ended(long id) throws InterruptedException {
        return shop.view(id, each -> each.phase().ended()).expected();
    }

    private AttemptId startedAgain(long id, int number) throws Exception {
        shop.ask(new Request.Start(Set.of(new TaskId(id))));
        assertThat(shop.processes().next()).isEqualTo("release " + id + "." + (number - 1));
        assertThat(shop.processes().next()).isEqualTo("spawn " + id + "." + number);
        AttemptId attempt = Workshop.attempt(id, number);
        shop.processes().listener.started(attempt, 4711);
        shop.view(id, each -> each.phase() == Phase.RUNNING && each.startedAt().isPresent());
        return attempt;
    }

    @Test
    void engineWithoutAStoreLearnsWithinItsOwnRun() throws Exception {
        shop.engine().close();
        shop.begin(TaskStore.NONE);
        AttemptId first = shop.runs(task("build"));
        assertThat(shop.view(1, each -> true).expected().source()).isEqualTo(MemorySource.GUESSED);
        ends(first, 0, 1_000 * MIB, false);
        MemoryEstimate learned = ended(1);
        assertThat(learned.source()).isEqualTo(MemorySource.LEARNED);
        assertThat(learned.bytes()).isEqualTo(1_100 * MIB);
    }

    @Test
    void taskOfTheSameKeyThatWaitsIsExpectedToNeedTheSame() throws Exception {
        AttemptId first = shop.runs(task("build").lock("one"));
        shop.submit(
                TaskSpec.named("other", Workshop.WORKSPACE, new Command.Shell("x")).lock("one"));
        shop.ask(
                new Request.Spawn(
                        List.of(task("build").lock("one").build()),
                        dev.simmer.model.Limits.DEFAULT,
                        false,
                        Request.Existing.NUMBER));
        shop.view(3, each -> each.name().equals("build 2"));
        ends(first, 0, 1_000 * MIB, false);
        TaskView second = shop.view(3, each -> each.expected().evidence().isPresent());
        assertThat(second.expected().bytes()).isEqualTo(1_100 * MIB);
        assertThat(shop.view(2, each -> true).expected().source()).isEqualTo(MemorySource.GUESSED);
    }

    @Test
    void attemptKilledForMemoryRaisesUntilOneEndsOtherwise() throws Exception {
        ends(shop.runs(task("build")), 0, 1_000 * MIB, true);
        MemoryEstimate raised = ended(1);
        assertThat(raised.source()).isEqualTo(MemorySource.RAISED);
        assertThat(raised.bytes()).isGreaterThanOrEqualTo(1_500 * MIB);
        assertThat(raised.endedAt()).hasValue(1_000 * MIB);

        ends(startedAgain(1, 2), 0, 1_100 * MIB, false);
        MemoryEstimate after = shop.view(1, each -> each.phase() == Phase.SUCCEEDED).expected();
        assertThat(after.source()).isEqualTo(MemorySource.LEARNED);
        assertThat(after.evidence().orElseThrow().runs()).isEqualTo(2);
    }

    @Test
    void declaredStaysAndIsToldWhatWasSeen() throws Exception {
        ends(shop.runs(task("build").memory(100 * MIB)), 0, 1_000 * MIB, false);
        MemoryEstimate declared = ended(1);
        assertThat(declared.source()).isEqualTo(MemorySource.DECLARED);
        assertThat(declared.bytes()).isEqualTo(100 * MIB);
        assertThat(declared.evidence().orElseThrow().bytes()).isEqualTo(1_100 * MIB);
    }

    @Test
    void whatTheStoreKnowsCountsForNewTasks() throws Exception {
        shop.engine().close();
        shop.begin(
                new Remembering() {
                    @Override
                    public List<StoredPeak> peaks(
                            WorkspaceId workspace, String name, String command) {
                        assertThat(List.of(workspace, name, command))
                                .containsExactly(Workshop.WORKSPACE, "build", "work");
                        return List.of(new StoredPeak(1_000 * MIB, 5, Phase.SUCCEEDED, false));
                    }
                });
        shop.submit(task("build").autostart(false));
        assertThat(shop.view(1, each -> true).expected().bytes()).isEqualTo(1_100 * MIB);
    }

    /** A store that keeps nothing but may remember. */
    private abstract static class Remembering implements TaskStore {
        @Override
        public dev.simmer.engine.ports.Stored load() {
            return dev.simmer.engine.ports.Stored.NOTHING;
        }

        @Override
        public void save(dev.simmer.engine.ports.Batch batch) {}

        @Override
        public void close() {}
    }

    @Test
    void bookReadsAKeyOnceAndForgetsTheOldest() {
        AtomicInteger reads = new AtomicInteger();
        PeakBook book =
                new PeakBook(
                        new Remembering() {
                            @Override
                            public List<StoredPeak> peaks(
                                    WorkspaceId workspace, String name, String command)
                                    throws StoreFailure {
                                reads.incrementAndGet();
                                if (name.equals("broken")) {
                                    throw new StoreFailure("no", new IOException("no"));
                                }
                                return List.of();
                            }
                        });
        for (int i = 0; i < 3; i++) {
            book.peaks(key("build"));
        }
        assertThat(reads).hasValue(1);
        for (int i = 0; i < PeakBook.KEYS; i++) {
            book.peaks(key("t" + i));
        }
        book.peaks(key("build"));
        assertThat(reads).hasValue(PeakBook.KEYS + 2);
        assertThat(book.peaks(key("broken"))).isEmpty();
        for (int i = 1; i <= PeakBook.PEAKS + 5; i++) {
            book.add(key("build"), new StoredPeak(i, i, Phase.SUCCEEDED, false));
        }
        assertThat(book.peaks(key("build"))).hasSize(PeakBook.PEAKS);
        assertThat(book.peaks(key("build")).getFirst().peakBytes()).isEqualTo(PeakBook.PEAKS + 5);
    }

    private static PeakKey key(String name) {
        return new PeakKey(new WorkspaceId(Path.of("/w")), name, "make");
    }

    @Test
    void keyLeavesOutTheNumberBehindANameThatWasTaken() {
        assertThat(PeakKey.of(task("build 2").build()))
                .isEqualTo(PeakKey.of(task("build").build()));
        assertThat(PeakKey.of(task("build 02").build()).name()).isEqualTo("build 02");
        assertThat(PeakKey.of(task("2").build()).name()).isEqualTo("2");
        String longest = "x".repeat(PeakKey.COMMAND_LENGTH + 1);
        assertThat(
                        PeakKey.of(
                                        TaskSpec.named(
                                                        "t",
                                                        Workshop.WORKSPACE,
                                                        new Command.Shell(longest))
                                                .build())
                                .command())
                .hasSize(PeakKey.COMMAND_LENGTH);
    }
}
