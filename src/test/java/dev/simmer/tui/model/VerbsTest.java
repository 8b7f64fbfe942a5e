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

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    @Test
    void cleaningAsksAndForgetsWhatHasEndedHere() {
        WorkspaceId blog = new WorkspaceId(Path.of("/home/ada/blog"));
        TaskView other = Samples.in(blog, "", task(5, Phase.SUCCEEDED));
        play.show(
                task(1, Phase.SUCCEEDED),
                task(2, Phase.FAILED),
                task(3, Phase.RUNNING),
                task(4, Phase.SUCCEEDED),
                other);
        play.type("Wc");
        Mode.Question question = (Mode.Question) play.model().mode();
        assertThat(question.text())
                .isEqualTo(
                        "Forget 3 finished tasks (2 succeeded, 1 failed) with their output, for"
                                + " good?");
        play.type("n");
        assertThat(play.commands()).isEmpty();
        play.type("c");
        play.show(
                task(1, Phase.SUCCEEDED),
                task(2, Phase.RUNNING),
                task(3, Phase.SUCCEEDED),
                task(4, Phase.SUCCEEDED),
                other);
        play.type("y");
        Request forget = new Request.Forget(Set.of(new TaskId(1), new TaskId(4)));
        assertThat(play.asked())
                .as("neither what runs again nor what has ended since")
                .containsExactly(forget);
        List<TaskId> ids = List.of(new TaskId(1), new TaskId(4));
        play.send(new Msg.Replied(forget, new Reply.Accepted(ids)));
        assertThat(play.toast()).isEqualTo("2 tasks forgotten");
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
        play.show(tasks).type("cy");
        assertThat(play.asked()).containsExactly(new Request.Forget(Set.of(new TaskId(2))));
        play.type("/succeeded").enter().type("c");
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
        assertThat(play.toast()).isEqualTo("nothing here has finished and can be forgotten");
    }

    @Test
    void beginningOfALogThatIsGoneIsItsStart() {
        play.show(task(1, Phase.RUNNING));
        LogKey key = play.model().log().source().orElseThrow();
        LogLine cut = new LogLine(0, 5_100, new StyledLine("cut", List.of()), true);
        LogLine next = new LogLine(5_100, 5_110, new StyledLine("next", List.of()), true);
        List<LogLine> lines = List.of(cut, next);
        play.send(new Msg.LogRead(key, new Cmd.Where.Tail(), lines, 5_110, 5_000));
        assertThat(play.model().log().atStart()).isTrue();
        assertThat(play.model().log().dropped()).isEqualTo(5_000);
        play.send(new Msg.LogRead(key, new Cmd.Where.Tail(), List.of(next), 5_110, 5_100));
        assertThat(play.model().log().atStart()).as("a hole up to the first line").isTrue();
        play.send(new Msg.LogRead(key, new Cmd.Where.Tail(), List.of(next), 5_110, 4_096));
        assertThat(play.model().log().atStart()).isFalse();
        assertThat(Optional.of(play.model().log().size())).contains(5_110L);
    }
}
