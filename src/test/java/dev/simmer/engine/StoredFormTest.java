package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.ClockMark;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Signal;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import dev.simmer.scheduler.Attempt;
import dev.simmer.scheduler.PastAttempt;
import dev.simmer.scheduler.ResolvedNeed;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import dev.simmer.scheduler.WorkspaceRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcollections.TreePVector;

class StoredFormTest {
    private static final Attempt ATTEMPT =
            new Attempt(
                    new AttemptId(new TaskId(7), 3),
                    100,
                    OptionalLong.of(110),
                    5,
                    9,
                    true,
                    List.of(Signal.STOP, Signal.CONT));
    private static final TaskState.Running RUNNING =
            new TaskState.Running(ATTEMPT, false, 120, OptionalLong.of(900), OptionalLong.of(500));

    static Stream<TaskState> states() {
        return Stream.of(
                new TaskState.Dormant(),
                new TaskState.Blocked(11),
                new TaskState.Queued(12),
                new TaskState.Backoff(13, new Outcome.ExitedWith(3)),
                new TaskState.Starting(ATTEMPT),
                RUNNING,
                new TaskState.Paused(RUNNING, 130, true),
                new TaskState.Stopping(
                        ATTEMPT,
                        new StopCause.LogFull(4, true),
                        140,
                        true,
                        Optional.of(new ExitStatus.Code(1))),
                new TaskState.Ended(150, new Outcome.Lost("gone")));
    }

    private static Task task(TaskState state) {
        return new Task(
                new TaskId(7),
                Workshop.task("build").need("check", Need.Condition.FINISHED).build(),
                List.of(new ResolvedNeed(new TaskId(2), "check", Need.Condition.FINISHED)),
                new MemoryEstimate(77, MemorySource.GUESSED),
                state,
                3,
                1,
                true,
                TreePVector.from(List.of(past(1), past(2))));
    }

    private static PastAttempt past(int number) {
        return new PastAttempt(
                number, OptionalLong.of(number), number + 1, new Outcome.DiedOf(11), 8);
    }

    private static StoredForm.Known read(StoredTask stored) {
        Stored all =
                new Stored(
                        List.of(stored),
                        List.of(
                                StoredForm.of(
                                        Workshop.WORKSPACE,
                                        new WorkspaceRules(Limits.DEFAULT, true, "auth"))),
                        7,
                        List.of(new ClockMark("boot", 0, 0, 0)));
        return StoredForm.known(all, spec -> spec);
    }

    @ParameterizedTest
    @MethodSource("states")
    void whatIsSavedIsReadAsItWas(TaskState state) {
        Task task = task(state);
        StoredForm.Known known = read(StoredForm.of(task, null, _ -> false));
        assertThat(known.tasks()).containsExactly(task);
        assertThat(known.rules())
                .isEqualTo(
                        Map.of(
                                Workshop.WORKSPACE,
                                new WorkspaceRules(Limits.DEFAULT, true, "auth")));
    }

    @Test
    void everyStateIsAmongThem() {
        assertThat(states().map(Object::getClass).distinct())
                .hasSize(
                        TaskState.class.getPermittedSubclasses().length
                                - 1
                                + TaskState.Active.class.getPermittedSubclasses().length);
    }

    @Test
    void onlyNewAttemptsAreSaved() {
        Task before = task(new TaskState.Queued(1));
        Task after =
                new Task(
                        before.id(),
                        before.spec(),
                        before.needs(),
                        before.expected(),
                        before.state(),
                        3,
                        0,
                        true,
                        before.history().plus(past(3)));
        assertThat(StoredForm.of(after, before, _ -> false).ended()).hasSize(1);
        assertThat(StoredForm.of(after, before, _ -> false).ended().getFirst().number())
                .isEqualTo(3);
        assertThat(StoredForm.of(before, before, _ -> false).ended()).isEmpty();
    }

    @Test
    void newestMomentIsOneThatHasBeen() {
        assertThat(read(StoredForm.of(task(RUNNING), null, _ -> false)).newest()).isEqualTo(120);
        TaskState later = new TaskState.Backoff(1_000, new Outcome.ExitedWith(3));
        assertThat(read(StoredForm.of(task(later), null, _ -> false)).newest()).isEqualTo(3);
    }
}
