package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.HostView;
import dev.simmer.model.Kind;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final TaskId FIRST = new TaskId(1);

    private static TaskView task(long id, Phase phase, long rss, double cpu) {
        TaskView task = Samples.task(id, "t" + id, Kind.JOB, phase, "", Path.of("/none"));
        return new TaskView(
                task.id(),
                task.spec(),
                phase,
                "",
                OptionalLong.empty(),
                task.attempts(),
                cpu,
                rss,
                new MemoryEstimate(0, MemorySource.GUESSED),
                false,
                task.startedAt(),
                task.endedAt(),
                Optional.empty());
    }

    private static Snapshot at(long seconds, TaskView... tasks) {
        HostView host =
                new HostView(
                        true,
                        1_000,
                        900 - seconds,
                        0,
                        0,
                        OptionalLong.empty(),
                        4,
                        seconds / 100.0,
                        0);
        return new Snapshot(
                seconds,
                START.plusSeconds(seconds),
                host,
                List.of(tasks),
                List.of(),
                Optional.empty());
    }

    @Test
    void samplesAreTheMostOfTheirTimeNewestLast() {
        History history = History.EMPTY;
        for (int i = 0; i < 20; i++) {
            history = history.with(at(i, task(1, Phase.RUNNING, i * 10L, i)));
        }
        assertThat(history.memory(FIRST, 4, Duration.ofSeconds(20)))
                .containsExactly(40, 90, 140, 190);
        assertThat(history.cpu(FIRST, 2, Duration.ofSeconds(20))).containsExactly(9, 19);
        assertThat(history.hostCpu(2, Duration.ofSeconds(10))).containsExactly(0.14f, 0.19f);
        assertThat(history.hostMemory(1, Duration.ofSeconds(5))[0]).isEqualTo(0.119f);
    }

    @Test
    void aMomentHoldsUntilTheNextAndNothingIsMadeUpBeforeTheFirst() {
        History history =
                History.EMPTY
                        .with(at(4, task(1, Phase.RUNNING, 10, 0)))
                        .with(at(10, task(1, Phase.RUNNING, 30, 0)));
        assertThat(history.memory(FIRST, 6, Duration.ofSeconds(12)))
                .containsExactly(History.NONE, History.NONE, 10, 10, 10, 30);
        History late = history.with(at(100, task(1, Phase.RUNNING, 50, 0)));
        assertThat(late.memory(FIRST, 3, Duration.ofSeconds(6))).containsExactly(30, 30, 50);
    }

    @Test
    void aTaskHasALineOnlyWhereItRan() {
        History history =
                History.EMPTY
                        .with(at(0, task(1, Phase.WAITING, 0, 0), task(2, Phase.RUNNING, 7, 0)))
                        .with(at(1, task(1, Phase.RUNNING, 5, 0), task(2, Phase.RUNNING, 8, 0)))
                        .with(at(2, task(1, Phase.FAILED, 0, 0), task(2, Phase.RUNNING, 9, 0)));
        assertThat(history.memory(FIRST, 3, Duration.ofSeconds(3)))
                .containsExactly(History.NONE, 5, History.NONE);
        assertThat(history.memory(new TaskId(2), 3, Duration.ofSeconds(3)))
                .containsExactly(7, 8, 9);
        assertThat(history.memory(new TaskId(9), 3, Duration.ofSeconds(3)))
                .containsOnly(History.NONE);
    }

    @Test
    void burstsLeaveOneMomentASecondAndOldOnesAreForgotten() {
        History history = History.EMPTY.with(at(0));
        Snapshot soon =
                new Snapshot(
                        1,
                        START.plusMillis(400),
                        Samples.HOST,
                        List.of(),
                        List.of(),
                        Optional.empty());
        assertThat(history.with(soon)).isSameAs(history);
        assertThat(history.with(Snapshot.EMPTY)).isSameAs(history);
        for (int i = 1; i < 2 * History.KEPT; i++) {
            history = history.with(at(i));
        }
        assertThat(history.size()).isEqualTo(History.KEPT);
    }

    @Test
    void aClockThatIsSetBackBeginsAnew() {
        History history = History.EMPTY.with(at(50, task(1, Phase.RUNNING, 5, 0)));
        history = history.with(at(10, task(1, Phase.RUNNING, 6, 0)));
        assertThat(history.memory(FIRST, 2, Duration.ofSeconds(2)))
                .containsExactly(History.NONE, 6);
    }

    @Test
    void aLineKeepsItsShapeWhileItsNewestSampleGrows() {
        History history = History.EMPTY;
        List<float[]> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            history = history.with(at(i, task(1, Phase.RUNNING, i * (long) i % 17, 0)));
            if (i >= 50 && i < 55) {
                lines.add(history.memory(FIRST, 4, Duration.ofSeconds(20)));
            }
        }
        for (float[] line : lines) {
            assertThat(List.of(line[0], line[1], line[2]))
                    .isEqualTo(List.of(lines.get(0)[0], lines.get(0)[1], lines.get(0)[2]));
        }
    }
}
