package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final Path LOG = Path.of("/home/ada/shop/output.log");
    private static final Instant NOW = Samples.NOW;

    private static TaskView task(int id, Kind kind, Phase phase) {
        return Samples.task(id, "task-" + id, kind, phase, "exit code 1", LOG);
    }

    private static Snapshot of(TaskView... tasks) {
        return Samples.snapshot(List.of(tasks));
    }

    private static List<String> news(Snapshot before, Snapshot after) {
        return NoticeUpdate.compare(before, after, NOW).stream().map(Notice::words).toList();
    }

    private static Model opened(Snapshot snapshot) {
        Model empty = Model.opening(Samples.place(), 120, 35, List.of("one"), "one");
        return Update.update(empty, new Msg.SnapshotChanged(snapshot)).model();
    }

    private static Step then(Model model, Snapshot snapshot) {
        return Update.update(model, new Msg.SnapshotChanged(snapshot));
    }

    private static List<String> shown(Model model) {
        return model.notices().shown().stream().map(Notice::words).toList();
    }

    @Test
    void whatHasEndedByItselfIsNews() {
        assertThat(
                        news(
                                of(
                                        task(1, Kind.JOB, Phase.RUNNING),
                                        task(2, Kind.SERVICE, Phase.READY),
                                        task(3, Kind.JOB, Phase.RUNNING),
                                        task(4, Kind.SERVICE, Phase.READY)),
                                of(
                                        task(1, Kind.JOB, Phase.FAILED),
                                        task(2, Kind.SERVICE, Phase.FAILED),
                                        task(3, Kind.JOB, Phase.SUCCEEDED),
                                        task(4, Kind.SERVICE, Phase.BACKOFF))))
                .containsExactly(
                        "task-1 failed: exit code 1",
                        "task-2 died: exit code 1",
                        "task-4 died: exit code 1");
    }

    @Test
    void whatHadEndedBeforeIsNone() {
        Snapshot failed = of(task(1, Kind.JOB, Phase.FAILED));
        assertThat(news(failed, of(task(1, Kind.JOB, Phase.FAILED)))).isEmpty();
        assertThat(shown(opened(failed))).isEmpty();
    }

    @Test
    void whatTheUserEndsHereIsNone() {
        Model model = opened(of(task(1, Kind.SERVICE, Phase.READY)));
        Model stopped = Update.update(model, new Msg.KeyPressed(Key.typed("x"))).model();
        Model after = then(stopped, of(task(1, Kind.SERVICE, Phase.FAILED))).model();
        assertThat(shown(after)).isEmpty();

        Model untouched = then(model, of(task(1, Kind.SERVICE, Phase.FAILED))).model();
        assertThat(shown(untouched)).containsExactly("task-1 died: exit code 1");
    }

    @Test
    void ofABurstOnlyTheNumberIsShown() {
        List<TaskView> running = new ArrayList<>();
        List<TaskView> failed = new ArrayList<>();
        IntStream.rangeClosed(1, 5)
                .forEach(id -> {
                    running.add(task(id, Kind.JOB, Phase.RUNNING));
                    failed.add(task(id, Kind.JOB, Phase.FAILED));
                });
        Model model = opened(Samples.snapshot(running));
        Model after = then(model, Samples.snapshot(failed)).model();
        assertThat(shown(after)).containsExactly("5 tasks failed");
    }

    @Test
    void toastGoesAfterSixSeconds() {
        Model model = opened(of(task(1, Kind.JOB, Phase.RUNNING)));
        Model told = then(model, of(task(1, Kind.JOB, Phase.FAILED))).model();
        assertThat(Timers.of(told).toast()).isTrue();
        Instant at = told.now();
        Model soon = Update.update(told, new Msg.Clock(at.plusMillis(5_900))).model();
        assertThat(shown(soon)).hasSize(1);
        Model later = Update.update(told, new Msg.Clock(at.plusMillis(6_000))).model();
        assertThat(shown(later)).isEmpty();
        assertThat(Timers.of(later).toast()).isFalse();
    }

    @Test
    void outwardAtMostOnceASecondAndFiveTimesAMinute() {
        Notices notices = Notices.NONE.telling();
        List<String> told = new ArrayList<>();
        Instant now = NOW;
        for (int i = 0; i < 200; i++) {
            now = NOW.plusMillis(i * 100L);
            Notice news =
                    Notice.of(
                            Notice.Event.FAILED,
                            task(i + 1, Kind.JOB, Phase.FAILED).id(),
                            "t" + i,
                            "",
                            now);
            notices = notices.with(List.of(news), now);
            var due = notices.due(now);
            if (due.isPresent()) {
                told.add(due.get().words());
                notices = notices.told(due.get(), now);
            }
        }
        assertThat(told)
                .containsExactly(
                        "t0 failed",
                        "10 tasks failed",
                        "10 tasks failed",
                        "10 tasks failed",
                        "10 tasks failed");
        assertThat(notices.due(now.plusSeconds(60)).orElseThrow().words())
                .isEqualTo("159 tasks failed");
    }

    @Test
    void nothingIsHeldWhereNobodyWantsIt() {
        Model model = opened(of(task(1, Kind.JOB, Phase.RUNNING)));
        Step step = then(model, of(task(1, Kind.JOB, Phase.FAILED)));
        assertThat(step.commands()).noneMatch(each -> each instanceof Cmd.Tell);
        assertThat(step.model().notices().held()).isEmpty();

        Model telling = Update.update(model, new Msg.TellingWanted()).model();
        Model focused = Update.update(telling, new Msg.FocusChanged(true)).model();
        Step told = then(focused, of(task(1, Kind.JOB, Phase.FAILED)));
        assertThat(told.commands())
                .filteredOn(each -> each instanceof Cmd.Tell)
                .singleElement()
                .satisfies(each -> assertThat(((Cmd.Tell) each).focused()).isTrue());
    }

    @Test
    void foreignTextIsMadeHarmless() {
        Notice notice =
                Notice.of(
                        Notice.Event.FAILED,
                        task(1, Kind.JOB, Phase.FAILED).id(),
                        "a\u001b]0;x\u0007b",
                        "\u009b2J\nline",
                        NOW);
        assertThat(notice.words()).doesNotContainPattern("\\p{Cntrl}").contains("failed");
    }
}
