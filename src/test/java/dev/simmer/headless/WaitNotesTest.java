package dev.simmer.headless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Command;
import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitNotesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String MEMORY =
            "waits for memory: needs 2.0 GiB, 517 MiB free to promise, 4.0 GiB held for h1, h2";

    /** Any moment will do as the first, even one just before the clock's numbers turn negative. */
    private static final long START = Long.MAX_VALUE - 3 * SECOND;

    private final WaitNotes notes = new WaitNotes();
    private final List<String> told = new ArrayList<>();

    private static TaskView task(int id, Phase phase, String reason) {
        TaskSpec spec =
                TaskSpec.named(
                                "h" + id,
                                new WorkspaceId(Path.of("/shop")),
                                new Command.Shell("true"))
                        .need("db", Need.Condition.READY)
                        .build();
        return FakeEngine.because(
                FakeEngine.view(new TaskId(id), spec, phase, List.of(), Optional.empty()), reason);
    }

    /** What is told at a moment, in seconds from the first. */
    private List<String> at(long seconds, TaskView... tasks) {
        told.clear();
        notes.show(
                List.of(tasks),
                START + seconds * SECOND,
                happening -> told.add(((Happening.Note) happening).text()));
        return List.copyOf(told);
    }

    @Test
    void waitIsToldAfterFiveSecondsAndThenEveryThirty() {
        TaskView waits = task(3, Phase.WAITING, MEMORY);
        assertThat(at(0, waits)).isEmpty();
        assertThat(at(4, waits)).isEmpty();
        assertThat(at(5, waits)).containsExactly("h3 " + MEMORY);
        TaskView later = task(3, Phase.WAITING, MEMORY.replace("517", "600"));
        assertThat(at(34, later)).isEmpty();
        assertThat(at(35, later)).containsExactly("h3 " + MEMORY.replace("517", "600"));
    }

    @Test
    void sameWordsAreNotRepeated() {
        TaskView waits = task(3, Phase.WAITING, "waits for lock db, held by h1");
        assertThat(at(0, waits)).isEmpty();
        assertThat(at(5, waits)).containsExactly("h3 waits for lock db, held by h1");
        assertThat(at(100, waits)).isEmpty();
        assertThat(at(101, waits, task(4, Phase.WAITING, MEMORY)))
                .containsExactly("h3 waits for lock db, held by h1 (1 more waits)");
    }

    @Test
    void silenceIsKeptWhoeverWaits() {
        TaskView first = task(3, Phase.WAITING, MEMORY);
        TaskView second = task(4, Phase.WAITING, "waits for lock db, held by h1");
        TaskView third = task(5, Phase.WAITING, "too big to share this host: needs 9.0 GiB");
        assertThat(at(0, first)).isEmpty();
        assertThat(at(1, first, second, third)).isEmpty();
        assertThat(at(5, first, second, third)).containsExactly("h3 " + MEMORY + " (2 more wait)");
        TaskView runs = task(3, Phase.RUNNING, "");
        assertThat(at(20, runs, second, third)).isEmpty();
        assertThat(at(36, runs, task(4, Phase.RUNNING, ""), third))
                .containsExactly("h5 is too big to share this host: needs 9.0 GiB");
    }

    @Test
    void waitBeginsAnewAfterAnotherReason() {
        TaskView waits = task(3, Phase.WAITING, MEMORY);
        assertThat(at(0, waits)).isEmpty();
        assertThat(at(4, task(3, Phase.WAITING, "waits for a place: 6 of 6 tasks run"))).isEmpty();
        assertThat(at(6, waits)).isEmpty();
        assertThat(at(10, waits)).isEmpty();
        assertThat(at(11, waits)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "waits for a place: 6 of 6 tasks run",
                "waits to be started",
                "waits for the first look at the host's memory",
                "waits for db to be ready, other to succeed",
            })
    void usualWaitsAreNotTold(String reason) {
        TaskView waits = task(3, Phase.WAITING, reason);
        assertThat(at(0, waits)).isEmpty();
        assertThat(at(60, waits)).isEmpty();
        // The words of a wait for a heavy place look much like those for a need.
        TaskView heavy = task(3, Phase.WAITING, "waits for a heavy task to end: 1 at once, now h1");
        assertThat(at(61, heavy)).isEmpty();
        assertThat(at(66, heavy)).hasSize(1);
    }

    @Test
    void taskThatDoesNotFitIsWarnedOfOnceAndAtOnce() {
        String reason = "expects 900.0 GiB, more than the host has free; runs alone";
        assertThat(at(0, task(1, Phase.STARTING, reason), task(2, Phase.RUNNING, "waits for 8080")))
                .containsExactly("warning: h1 " + reason);
        assertThat(at(1, task(1, Phase.RUNNING, reason))).isEmpty();
    }
}
