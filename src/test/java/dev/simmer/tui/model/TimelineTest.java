package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Backoff;
import dev.simmer.model.HostView;
import dev.simmer.model.Kind;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Timeline.Did;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static TaskView task(Phase phase, String reason) {
        TaskView task = Samples.task(1, "web", Kind.JOB, phase, reason, Path.of("/none"));
        return new TaskView(
                task.id(),
                task.spec(),
                phase,
                reason,
                task.pid(),
                List.of(),
                0,
                0,
                task.expected(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Observed seen(Observed before, int second, Phase phase, String reason) {
        return before.with(
                new Snapshot(
                        second,
                        START.plusSeconds(second),
                        HostView.UNKNOWN,
                        List.of(task(phase, reason)),
                        List.of(),
                        Optional.empty()));
    }

    private static String row(Timeline timeline, Observed seen, int now) {
        StringBuilder text = new StringBuilder();
        TaskView task = task(Phase.RUNNING, "");
        for (Did did : timeline.row(task, seen, START.plusSeconds(now), 20)) {
            text.append(letter(did));
        }
        return text.toString();
    }

    private static char letter(Did did) {
        return switch (did) {
            case NOTHING -> ' ';
            case WAITED -> 'w';
            case RESTED -> 'r';
            case NOT_READY -> 'n';
            case RAN -> 'R';
            case PAUSED -> '‖';
            case STARTED_AGAIN -> 'a';
            case ENDED_BADLY -> 'x';
            case WANTED_YOU -> '!';
        };
    }

    private static Observed story() {
        Observed seen = seen(Observed.NOTHING, 0, Phase.WAITING, "waits for a slot");
        seen = seen(seen, 12, Phase.RUNNING, "");
        seen = seen(seen, 30, Phase.PAUSED, "paused by you");
        seen = seen(seen, 42, Phase.RUNNING, "");
        return seen(seen, 54, Phase.BACKOFF, "attempt 2 of 3 starts in 6s");
    }

    @Test
    void cellsSayWhatWasDone() {
        Timeline minute = new Timeline(Duration.ofMinutes(1), Duration.ZERO);
        assertThat(row(minute, story(), 60)).isEqualTo("wwwwRRRRRR‖‖‖‖RRRRrr");
    }

    private static AttemptView attempt(int number, int from, int until, Outcome outcome) {
        return new AttemptView(
                number,
                Path.of("/none"),
                Optional.of(START.plusSeconds(from)),
                Optional.of(START.plusSeconds(until)),
                Optional.of(outcome),
                0);
    }

    /** What is remembered of a job's attempts by a dashboard that is opened after a minute. */
    private static String remembered(RetryPolicy retry, AttemptView... attempts) {
        TaskView task = task(Phase.FAILED, "");
        TaskView with =
                new TaskView(
                        task.id(),
                        task.spec().edit().retry(retry).build(),
                        task.phase(),
                        "",
                        task.pid(),
                        List.of(attempts),
                        0,
                        0,
                        task.expected(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        Timeline minute = new Timeline(Duration.ofMinutes(1), Duration.ZERO);
        StringBuilder text = new StringBuilder();
        for (Did did : minute.row(with, Observed.NOTHING, START.plusSeconds(60), 20)) {
            text.append(letter(did));
        }
        return text.toString();
    }

    @Test
    void startingAgainShowsHoweverShortTheTaskWasAway() {
        Outcome stopped = new Outcome.Stopped("stopped by you");
        assertThat(
                        remembered(
                                RetryPolicy.NEVER,
                                attempt(1, 0, 30, stopped),
                                attempt(2, 30, 60, stopped)))
                .isEqualTo("RRRRRRRRRRaRRRRRRRRR");
    }

    @Test
    void runAgainByAPersonIsNoRetry() {
        Outcome failed = new Outcome.ExitedWith(1);
        RetryPolicy three = new RetryPolicy(3, Backoff.DEFAULT, new TreeSet<>(), Optional.empty());
        AttemptView first = attempt(1, 0, 15, failed);
        AttemptView second = attempt(2, 30, 60, new Outcome.Succeeded());
        assertThat(remembered(RetryPolicy.NEVER, first, second)).isEqualTo("RRRRRx    aRRRRRRRRR");
        assertThat(remembered(three, first, second)).isEqualTo("RRRRRxrrrrRRRRRRRRRR");
    }

    @Test
    void theChartMovesByWholeCellsOnly() {
        Timeline minute = new Timeline(Duration.ofMinutes(1), Duration.ZERO);
        assertThat(row(minute, story(), 63)).isEqualTo("wwwRRRRRR‖‖‖‖RRRRrrr");
        assertThat(minute.end(START.plusSeconds(61), 20))
                .isEqualTo(minute.end(START.plusSeconds(63), 20));
        assertThat(minute.end(START.plusSeconds(60), 20)).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void aPartOfThePastCanBeLookedAt() {
        Timeline back = new Timeline(Duration.ofMinutes(1), Duration.ZERO).moved(2);
        assertThat(back.back()).isEqualTo(Duration.ofSeconds(30));
        assertThat(row(back, story(), 60)).isEqualTo("          wwwwRRRRRR");
        assertThat(back.moved(-9).back()).isZero();
        assertThat(back.zoomed(-9).span()).isEqualTo(Duration.ofMinutes(1));
        assertThat(back.zoomed(99).span()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void waitsOfOneReasonAreOneWhateverItsFigures() {
        Observed seen = Observed.NOTHING;
        for (int i = 0; i < 60; i++) {
            String reason = "waits for memory: needs 1.0 GiB, " + i * 17 + " MiB free to promise";
            seen = seen(seen, i, Phase.WAITING, i < 20 ? "waits for build to succeed" : reason);
        }
        assertThat(seen.of(task(Phase.WAITING, "").id())).hasSize(2);
        List<Timeline.Wait> waits =
                Timeline.waits(task(Phase.WAITING, ""), seen, START.plusSeconds(90));
        assertThat(waits)
                .containsExactly(
                        new Timeline.Wait(
                                Duration.ofSeconds(70),
                                "for memory: needs 1.0 GiB, 340 MiB free to promise"),
                        new Timeline.Wait(Duration.ofSeconds(20), "for build to succeed"));
    }

    @Test
    void whatIsRememberedIsBounded() {
        Observed seen = Observed.NOTHING;
        List<Phase> phases = new ArrayList<>(List.of(Phase.RUNNING, Phase.PAUSED));
        for (int i = 0; i < 5 * Observed.KEPT; i++) {
            seen = seen(seen, i, phases.get(i % 2), "");
        }
        assertThat(seen.of(task(Phase.RUNNING, "").id())).hasSize(Observed.KEPT);
    }

    @Test
    void figuresAreNoDifference() {
        assertThat(Observed.alike("needs 1.0 GiB, 3 free", "needs 12 MiB, 900 free")).isTrue();
        assertThat(Observed.alike("needs 1.0G, 3 free", "needs 12M, 900 held")).isFalse();
        assertThat(Observed.alike("for build", "for built")).isFalse();
        assertThat(Observed.alike("", "12")).isTrue();
        assertThat(Observed.alike("a", "")).isFalse();
    }
}
