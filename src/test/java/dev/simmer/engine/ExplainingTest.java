package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Explanation;
import dev.simmer.model.Limits;
import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The host of the workshop has 16 GiB, 15 of them available, and a tenth is the reserve. */
class ExplainingTest {
    private static final long GIB = 1L << 30;

    /** How long the tasks of a name take. */
    private static final Map<String, Duration> USUAL =
            Map.of(
                    "short", Duration.ofMinutes(10),
                    "long", Duration.ofMinutes(60),
                    "next", Duration.ofMinutes(5));

    private final Workshop shop = new Workshop();

    @BeforeEach
    void remember() {
        shop.engine().close();
        shop.begin(
                new TaskStore() {
                    @Override
                    public Stored load() {
                        return Stored.NOTHING;
                    }

                    @Override
                    public void save(Batch batch) {}

                    @Override
                    public List<StoredPeak> peaks(
                            WorkspaceId workspace, String name, String command) {
                        Duration usual = USUAL.get(name);
                        return usual == null
                                ? List.of()
                                : java.util.Collections.nCopies(
                                        3,
                                        new StoredPeak(
                                                GIB, usual.toMillis(), Phase.SUCCEEDED, false));
                    }

                    @Override
                    public void close() {}
                });
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static TaskSpec.Builder task(String name, long gib) {
        return Workshop.task(name).memory(gib * GIB);
    }

    private Explanation explain(long id) throws Exception {
        shop.view(id, each -> true);
        shop.await(each -> each.host().known());
        return ((Reply.Explained) shop.ask(new Request.Explain(new TaskId(id)))).explanation();
    }

    private static List<String> blockers(Explanation why) {
        return why.blockers().stream()
                .map(each ->
                        each.name()
                                + " "
                                + each.holds()
                                + each.endsAt()
                                        .map(at -> ", " + minutes(why, at))
                                        .orElse(", unknown"))
                .toList();
    }

    /** From the explanation's moment; what has passed since the start is less than a minute. */
    private static String minutes(Explanation why, java.time.Instant at) {
        double minutes = Duration.between(why.at(), at).toMillis() / 60_000.0;
        return Math.round(Math.ceil(minutes)) + " min";
    }

    private static String starts(Explanation why) {
        return why.startsAt().map(at -> minutes(why, at)).orElse("unknown");
    }

    @Test
    void whatRunsEndsWhenItUsuallyDoes() throws Exception {
        shop.runs(task("short", 1));
        Explanation why = explain(1);
        assertThat(why.endsAt().map(at -> minutes(why, at))).contains("10 min");
        assertThat(why.startsAt()).isEmpty();
        assertThat(why.blockers()).isEmpty();
        assertThat(why.task().expected().evidence()).isPresent();
    }

    @Test
    void memoryIsGivenBackInTheOrderOfTheExpectedEnds() throws Exception {
        shop.runs(task("service", 1).heavy(false).kind(dev.simmer.model.Kind.SERVICE));
        shop.runs(task("long", 6));
        shop.runs(task("short", 4));
        // 15 available, 11 held, 1.6 reserve: 2.4 are left. With the 4 of short 6.4 are.
        shop.submit(task("six", 6), task("next", 12), task("never", 14));
        Explanation six = explain(4);
        assertThat(blockers(six)).containsExactly("short 4.0 GiB, 10 min");
        assertThat(starts(six)).isEqualTo("10 min");
        assertThat(six.endsAt()).isEmpty();
        Explanation next = explain(5);
        assertThat(blockers(next)).containsExactly("short 4.0 GiB, 10 min", "long 6.0 GiB, 60 min");
        assertThat(starts(next)).isEqualTo("60 min");
        assertThat(next.endsAt().map(at -> minutes(next, at))).contains("65 min");
        // It would need the service's too, and nobody knows when that ends.
        Explanation never = explain(6);
        assertThat(blockers(never)).hasSize(3).last().isEqualTo("service 1.0 GiB, unknown");
        assertThat(starts(never)).isEqualTo("unknown");
    }

    @Test
    void lockAndNeedsHaveHolders() throws Exception {
        shop.runs(task("short", 0).lock("git"));
        shop.runs(task("other", 0));
        shop.submit(
                task("next", 0).lock("git"),
                task("after", 0)
                        .need("next", Need.Condition.SUCCEEDED)
                        .need("short", Need.Condition.FINISHED),
                task("unknown", 0).need("other", Need.Condition.SUCCEEDED));
        Explanation next = explain(3);
        assertThat(blockers(next)).containsExactly("short lock git, 10 min");
        assertThat(starts(next)).isEqualTo("10 min");
        Explanation after = explain(4);
        assertThat(blockers(after))
                .containsExactly("short has to finish, 10 min", "next has to succeed, 15 min");
        assertThat(starts(after)).isEqualTo("15 min");
        assertThat(starts(explain(5))).isEqualTo("unknown");
    }

    @Test
    void heavyPlaceIsFreeAtTheFirstEnd() throws Exception {
        Limits limits = new Limits(2, 0, Limits.DEFAULT.reserve(), GIB);
        shop.runs(task("long", 1));
        shop.runs(task("short", 1));
        shop.ask(
                new Request.Spawn(
                        List.of(task("next", 1).build()), limits, false, Request.Existing.REFUSE));
        Explanation next = explain(3);
        assertThat(blockers(next))
                .containsExactly("short a heavy place, 10 min", "long a heavy place, 60 min");
        assertThat(starts(next)).isEqualTo("10 min");
    }

    @Test
    void placeIsOfNoUseWithoutMemory() throws Exception {
        Limits limits = new Limits(2, 0, Limits.DEFAULT.reserve(), GIB);
        shop.runs(task("long", 6));
        shop.runs(task("short", 4));
        shop.submit(task("service", 1).kind(dev.simmer.model.Kind.SERVICE).autostart(false));
        shop.ask(
                new Request.Spawn(
                        List.of(task("next", 10).build(), task("never", 14).build()),
                        limits,
                        false,
                        Request.Existing.REFUSE));
        // 15 available, 10 held, 1.6 reserve: without short there are 7.4.
        Explanation next = explain(4);
        assertThat(next.task().reason()).startsWith("waits for a heavy task to end");
        assertThat(blockers(next))
                .containsExactly("short a heavy place, 10 min", "long a heavy place, 60 min");
        assertThat(starts(next)).isEqualTo("60 min");
        // More than is available, whatever ends.
        assertThat(starts(explain(5))).isEqualTo("unknown");
    }

    @Test
    void placeIsFreeAtTheFirstEnd() throws Exception {
        Limits limits = new Limits(3, 1, Limits.DEFAULT.reserve(), GIB);
        shop.runs(task("long", 1));
        shop.runs(task("short", 1));
        shop.ask(
                new Request.Spawn(
                        List.of(task("next", 0).build()), limits, false, Request.Existing.REFUSE));
        // Two run where one may: both have to end.
        assertThat(starts(explain(3))).isEqualTo("60 min");
    }

    @Test
    void pressureIsToldWithWhatRunsAndItsLimits() throws Exception {
        shop.runs(task("web", 2).heavy(true).kind(dev.simmer.model.Kind.SERVICE));
        shop.runs(task("short", 3));
        shop.availableBytes.set(GIB / 2);
        shop.view(2, each -> each.phase() == Phase.PAUSED);
        shop.submit(task("next", 4));
        shop.view(3, each -> each.reason().startsWith("heavy work is held back"));
        Explanation paused = explain(2);
        assertThat(blockers(paused)).containsExactly("web 2.0 GiB, unknown");
        String limits =
                "memory is short below 819 MiB available, half the reserve, or while tasks stall"
                        + " for it; heavy work goes on once 1.2 GiB have been available for 2 s,"
                        + " and 512 MiB are now";
        assertThat(paused.notes())
                .containsExactly(
                        "it goes on by itself as soon as what it still needs is free; `simmer"
                                + " resume 2` lets it go on now",
                        limits,
                        "it declares 3.0 GiB, more than twice what its runs need: write `memory:"
                                + " 1.1G`, or leave it out to be learned");
        Explanation held = explain(3);
        assertThat(blockers(held))
                .containsExactlyInAnyOrder(
                        "web 2.0 GiB, unknown", "short 3.0 GiB, paused, unknown");
        assertThat(held.notes()).startsWith(limits);
        assertThat(starts(held)).isEqualTo("unknown");
    }

    @Test
    void taskThatIsNotIsolatedSaysSo() throws Exception {
        AttemptId attempt = shop.runs(task("short", 1).isolateMemory(true));
        shop.processes().listener.notIsolated(attempt, "permission denied");
        shop.view(
                1,
                each ->
                        each.reason()
                                .equals(
                                        "runs without a control group of its own: permission"
                                                + " denied"));
        assertThat(shop.events)
                .containsExactly(
                        "1: short has no control group of its own, nor a hard limit: permission"
                                + " denied");
    }

    @Test
    void lockIsKeptForTheTaskOfTheSameWorkspace() throws Exception {
        WorkspaceId other = new WorkspaceId(java.nio.file.Path.of("/other"));
        shop.runs(elsewhere("hold", other));
        shop.submit(elsewhere("next", other));
        shop.runs(task("short", 0).lock("db"));
        shop.submit(task("next", 0).lock("git").lock("db"));
        shop.aheadMillis.addAndGet(Duration.ofMinutes(5).toMillis());
        shop.submit(task("late", 0).lock("git"));
        Explanation late = explain(5);
        assertThat(late.task().reason()).startsWith("waits for lock git, kept for next");
        assertThat(late.blockers())
                .singleElement()
                .satisfies(each -> assertThat(each.id()).isEqualTo(new TaskId(4)));
    }

    private static TaskSpec.Builder elsewhere(String name, WorkspaceId workspace) {
        return TaskSpec.named(name, workspace, new dev.simmer.model.Command.Shell("x"))
                .lock("git")
                .memory(0);
    }

    @Test
    void tooBigATaskIsToldSo() throws Exception {
        shop.runs(task("short", 1));
        shop.submit(task("huge", 15));
        Explanation why = explain(2);
        assertThat(blockers(why)).containsExactly("short has to end first, 10 min");
        assertThat(why.notes())
                .containsExactly(
                        "it is expected to need 15.0 GiB, and this host can promise 14.4 GiB: it"
                                + " runs when nothing else does");
    }

    @Test
    void declaredFarOffIsANote() throws Exception {
        shop.submit(task("short", 9).autostart(false));
        assertThat(explain(1).notes())
                .singleElement()
                .asString()
                .startsWith("it declares 9.0 GiB, more than twice what its runs need");
    }

    @Test
    void unknownTaskIsRefused() throws Exception {
        assertThat(shop.ask(new Request.Explain(new TaskId(77))))
                .isEqualTo(new Reply.Refused("there is no task 77"));
    }

    @Test
    void explanationChangesNothing() throws Exception {
        AttemptId attempt = shop.runs(task("short", 1));
        explain(1);
        assertThat(shop.processes().nothingAsked()).isTrue();
        assertThat(attempt).isEqualTo(Workshop.attempt(1, 1));
    }
}
