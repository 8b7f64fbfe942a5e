package dev.simmer.tui.model;

import static dev.simmer.tui.model.Play.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.StyledLine;
import dev.simmer.model.Command;
import dev.simmer.model.Explanation;
import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Spawning, renaming, cleaning; and the log whose beginning is gone. */
class VerbsTest {
    private final Play play = new Play();

    private TaskSpec spawned() {
        Request.Spawn spawn = (Request.Spawn) play.asked().getFirst();
        assertThat(spawn.existing()).isEqualTo(Request.Existing.NUMBER);
        return spawn.tasks().getFirst();
    }

    @Test
    void explainsTheSelectedTaskUntilItIsClosed() {
        TaskView task = Play.task(4, Phase.WAITING);
        Play play = new Play().show(task).type("e");
        Request ask = new Request.Explain(task.id());
        assertThat(play.asked()).containsExactly(ask);
        Explanation why = Samples.explanation(task);
        play.send(new Msg.Replied(ask, new Reply.Explained(why)));
        assertThat(play.model().mode())
                .isEqualTo(new Mode.Explained(task.id(), Optional.of(why), 0));
        play.type("x");
        assertThat(play.asked()).as("keys do nothing behind it").isEmpty();
        play.send(new Msg.Clock(Samples.NOW.plusSeconds(1)));
        assertThat(play.asked()).as("each second anew").containsExactly(ask);
        play.type("jjk");
        assertThat(play.model().mode())
                .isEqualTo(new Mode.Explained(task.id(), Optional.of(why), 1));
        play.type("e").send(new Msg.Replied(ask, new Reply.Explained(why)));
        assertThat(play.model().mode()).as("a late answer").isEqualTo(new Mode.Normal());
        play.type("e").send(new Msg.Replied(ask, new Reply.Refused("there is no task 4")));
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
        assertThat(play.toast()).isEqualTo("there is no task 4");
    }

    @Test
    void spawnedCommandsInheritTheEnvironmentOfTheDashboard() {
        play.type("nmake").enter();
        assertThat(spawned().inherited()).contains(Samples.ENVIRONMENT);
        assertThat(spawned().workspace()).isEqualTo(Samples.FOLDER);
    }

    @Test
    void interactiveCommandsAreRefusedUnlessForced() {
        play.type("nvim notes.txt").enter();
        assertThat(play.commands()).isEmpty();
        Mode.Spawn refused = (Mode.Spawn) play.model().mode();
        assertThat(refused.refused()).contains(reason("vim notes.txt"));
        assertThat(refused.line().text()).as("it can be mended").isEqualTo("vim notes.txt");
        play.press(Key.of(Key.Name.HOME)).type("!");
        assertThat(((Mode.Spawn) play.model().mode()).refused()).isEmpty();
        play.enter();
        assertThat(spawned().command()).isEqualTo(new Command.Shell("vim notes.txt"));
        play.type("n").press(Key.of(Key.Name.UP));
        assertThat(((Mode.Spawn) play.model().mode()).line().text()).isEqualTo("!vim notes.txt");
    }

    private static String reason(String line) {
        return Samples.interactive(new Command.Shell(line)).orElseThrow();
    }

    @Test
    void shellsOwnNegationIsNoMark() {
        play.type("n! grep -r TODO src").enter();
        assertThat(spawned().command()).isEqualTo(new Command.Shell("! grep -r TODO src"));
    }

    @Test
    void renamesTheSelectedTask() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.RUNNING)).type("jR");
        assertThat(play.model().mode())
                .isEqualTo(new Mode.Rename(new TaskId(2), LineEdit.of("task-2")));
        play.enter();
        assertThat(play.commands()).as("the name it has").isEmpty();
        play.type("R").press(Key.ctrl("u")).enter();
        assertThat(play.commands()).as("no name").isEmpty();
        play.type("R").press(Key.ctrl("u")).type(" web server ").enter();
        assertThat(play.asked()).containsExactly(new Request.Rename(new TaskId(2), "web server"));
        play.type("Rx").press(Key.of(Key.Name.ESCAPE));
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
        assertThat(play.commands()).isEmpty();
    }

    private List<Long> shown() {
        return play.model().table().rows().stream().map(task -> task.id().value()).toList();
    }

    private void clock(int seconds) {
        play.send(new Msg.Clock(play.model().now().plusSeconds(seconds)));
    }

    @Test
    void cleanedTasksGoAtOnceAndAreForgottenLater() {
        WorkspaceId blog = new WorkspaceId(Path.of("/home/ada/blog"));
        TaskView other = Samples.in(blog, "", task(5, Phase.SUCCEEDED));
        play.show(
                task(1, Phase.SUCCEEDED),
                task(2, Phase.FAILED),
                task(3, Phase.RUNNING),
                task(4, Phase.SUCCEEDED),
                other);
        play.type("Wc");
        assertThat(play.toast()).isEqualTo("3 finished tasks cleaned; u brings them back");
        assertThat(shown()).containsExactly(3L, 5L);
        clock(5);
        assertThat(play.commands()).isEmpty();
        assertThat(Timers.of(play.model()).toast()).isTrue();
        play.show(
                task(1, Phase.SUCCEEDED),
                task(2, Phase.RUNNING),
                task(3, Phase.SUCCEEDED),
                task(4, Phase.SUCCEEDED),
                other);
        assertThat(shown()).as("what runs again is seen again").containsExactly(2L, 3L, 5L);
        clock(5);
        Request forget = new Request.Forget(Set.of(new TaskId(1), new TaskId(4)));
        assertThat(play.asked())
                .as("neither what runs again nor what has ended since")
                .containsExactly(forget);
        play.send(new Msg.Replied(forget, new Reply.Accepted(List.of(new TaskId(1)))));
        assertThat(shown()).as("one was not").containsExactly(2L, 3L, 4L, 5L);
        play.show(task(2, Phase.RUNNING), task(3, Phase.SUCCEEDED), other);
        assertThat(play.model().acting().cleaning()).isEmpty();
        assertThat(play.toast()).isEmpty();
    }

    @Test
    void cleaningIsUndone() {
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.RUNNING)).type("c");
        assertThat(shown()).containsExactly(2L);
        play.type("u");
        assertThat(shown()).containsExactly(1L, 2L);
        assertThat(play.toast()).isEqualTo("the task is back");
        clock(20);
        assertThat(play.commands()).isEmpty();
        play.type("u");
        assertThat(play.toast()).isEqualTo("there is nothing to undo");
    }

    @Test
    void refusedCleaningBringsTheTasksBack() {
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.RUNNING)).type("c");
        clock(9);
        Request forget = new Request.Forget(Set.of(new TaskId(1)));
        assertThat(play.asked()).containsExactly(forget);
        play.type("u");
        assertThat(play.toast()).as("too late").isEqualTo("there is nothing to undo");
        play.send(new Msg.Replied(forget, new Reply.Refused("no")));
        assertThat(shown()).containsExactly(1L, 2L);
        assertThat(play.toast()).isEqualTo("no");
    }

    @Test
    void whatIsCleanedTwiceIsForgottenTwice() {
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.RUNNING)).type("c");
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.SUCCEEDED)).type("c");
        assertThat(play.asked()).containsExactly(new Request.Forget(Set.of(new TaskId(1))));
        assertThat(play.model().acting().cleaning().orElseThrow().tasks())
                .containsExactly(new TaskId(2));
    }

    @Test
    void leavingForgetsWhatWasCleanedFirst() {
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.SUCCEEDED)).type("cq");
        Request forget = new Request.Forget(Set.of(new TaskId(1), new TaskId(2)));
        assertThat(play.asked()).containsExactly(forget);
        assertThat(play.commands()).noneMatch(Cmd.Quit.class::isInstance);
        play.show();
        play.send(new Msg.Replied(forget, new Reply.Accepted(List.of())));
        assertThat(play.commands()).hasSize(1).first().isInstanceOf(Cmd.Quit.class);
    }

    @Test
    void leavingDoesNotWaitForAnAnswerForEver() {
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.SUCCEEDED)).type("cq");
        assertThat(play.commands()).noneMatch(Cmd.Quit.class::isInstance);
        clock(3);
        assertThat(play.commands()).hasSize(1).first().isInstanceOf(Cmd.Quit.class);
    }

    @Test
    void cleaningLeavesWhatIsNeededAndWhatIsFilteredAway() {
        TaskView waiting = task(3, Phase.WAITING);
        TaskSpec needy =
                TaskSpec.named("task-3", Samples.FOLDER, waiting.spec().command())
                        .need("task-1", Need.Condition.SUCCEEDED)
                        .build();
        TaskView[] tasks = {
            task(1, Phase.SUCCEEDED), task(2, Phase.FAILED), Samples.with(waiting, needy)
        };
        play.show(tasks).type("c");
        assertThat(play.model().acting().cleaning().orElseThrow().tasks())
                .containsExactly(new TaskId(2));
        play.type("u/succeeded").enter().type("c");
        assertThat(play.model().acting().cleaning()).isEmpty();
        assertThat(play.toast()).isEqualTo("nothing here has finished and can be forgotten");
    }

    @Test
    void beginningOfALogThatIsGoneIsItsStart() {
        play.show(task(1, Phase.RUNNING));
        LogKey key = play.model().log().source().orElseThrow();
        LogLine cut = new LogLine(0, 5_100, new StyledLine("cut", List.of()), true);
        LogLine next = new LogLine(5_100, 5_110, new StyledLine("next", List.of()), true);
        List<LogLine> lines = List.of(cut, next);
        play.send(new Msg.LogRead(PaneId.FLOATING, key, new Cmd.Where.Tail(), lines, 5_110, 5_000));
        assertThat(play.model().log().atStart()).isTrue();
        assertThat(play.model().log().dropped()).isEqualTo(5_000);
        play.send(
                new Msg.LogRead(
                        PaneId.FLOATING, key, new Cmd.Where.Tail(), List.of(next), 5_110, 5_100));
        assertThat(play.model().log().atStart()).as("a hole up to the first line").isTrue();
        play.send(
                new Msg.LogRead(
                        PaneId.FLOATING, key, new Cmd.Where.Tail(), List.of(next), 5_110, 4_096));
        assertThat(play.model().log().atStart()).isFalse();
        assertThat(Optional.of(play.model().log().size())).contains(5_110L);
    }

    @Test
    void anEmptyNameIsNotPassedOverInSilence() {
        play.show(task(1, Phase.RUNNING)).type("R").press(Key.ctrl("u")).enter();
        assertThat(play.asked()).isEmpty();
        assertThat(play.toast()).isEqualTo("not renamed: the new name was empty");
    }
}
