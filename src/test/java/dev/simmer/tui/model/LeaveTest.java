package dev.simmer.tui.model;

import static dev.simmer.tui.model.Play.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.Key.Name;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ways out of the dashboard. */
class LeaveTest {
    private static final WorkspaceId OTHER = new WorkspaceId(Path.of("/home/ada/blog"));
    private final Play play = new Play();

    private static Request.Stop stop(boolean now, long... ids) {
        Set<TaskId> set = new java.util.TreeSet<>();
        for (long id : ids) {
            set.add(new TaskId(id));
        }
        return new Request.Stop(set, now);
    }

    private void accept(Request request) {
        play.send(new Msg.Replied(request, new Reply.Accepted(List.of())));
    }

    @Test
    void qLeavesAtOnceAndSaysWhatGoesOn() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.WAITING), task(3, Phase.FAILED));
        play.type("q");
        assertThat(play.commands())
                .containsExactly(new Cmd.Quit("2 tasks go on; `simmer` shows them again"));
        play.show(task(1, Phase.BACKOFF)).press(Key.ctrl("c"));
        assertThat(play.commands())
                .containsExactly(new Cmd.Quit("1 task goes on; `simmer` shows it again"));
        play.show(task(1, Phase.SUCCEEDED)).type("q");
        assertThat(play.commands()).containsExactly(new Cmd.Quit(""));
    }

    @Test
    void whatWasNeverStartedAndWhatIsElsewhereDoesNotGoOnHere() {
        TaskView dormant = Samples.dormant(task(1, Phase.WAITING));
        TaskView elsewhere = Samples.in(OTHER, "", task(2, Phase.RUNNING));
        play.show(dormant, elsewhere).type("q");
        assertThat(play.commands()).containsExactly(new Cmd.Quit(""));
        play.type("Q");
        assertThat(play.commands()).containsExactly(new Cmd.Quit(""));
    }

    @Test
    void capitalQAsksStopsTheWorkspacesTasksAndWaits() {
        TaskView other = Samples.in(OTHER, "", task(4, Phase.RUNNING));
        TaskView older = Samples.in(Samples.FOLDER, "old", task(5, Phase.RUNNING));
        play.show(task(1, Phase.RUNNING), task(2, Phase.WAITING), task(3, Phase.FAILED), other);
        play.show(task(1, Phase.RUNNING), task(2, Phase.WAITING), other, older);
        play.type("Q");
        assertThat(play.asked()).as("it is next to q").isEmpty();
        assertThat(play.model().mode())
                .isInstanceOfSatisfying(
                        Mode.Confirm.class,
                        asked -> assertThat(asked.question()).isEqualTo("stop 3 tasks and leave"));
        play.type("n");
        assertThat(play.model().leaving()).isEmpty();
        play.type("Qy");
        assertThat(play.asked()).containsExactly(stop(false, 1, 2, 5));
        assertThat(play.model().leaving()).isPresent();
        assertThat(Timers.of(play.model()).clock()).as("the seconds are counted").isTrue();
        play.type("Q");
        assertThat(play.commands()).as("a key that repeats kills nothing").isEmpty();

        TaskView ended = Samples.in(Samples.FOLDER, "old", task(5, Phase.KILLED));
        play.show(task(1, Phase.KILLED), task(2, Phase.WAITING), other, ended);
        assertThat(play.commands())
                .as("one of them may still start")
                .noneMatch(Cmd.Quit.class::isInstance);
        accept(stop(false, 1, 2, 5));
        assertThat(play.commands()).as("this snapshot is the older one").isEmpty();
        play.show(task(1, Phase.KILLED), task(2, Phase.KILLED), other, ended);
        assertThat(play.commands()).containsExactly(new Cmd.Quit("3 tasks stopped"));
    }

    @Test
    void capitalQLeavesAtOnceWhereNothingRuns() {
        play.show(task(1, Phase.SUCCEEDED), Samples.in(OTHER, "", task(2, Phase.RUNNING)));
        play.type("Q");
        assertThat(play.commands()).containsExactly(new Cmd.Quit(""));
    }

    @Test
    void waitingForTheEndHasALimit() {
        play.show(task(1, Phase.RUNNING)).type("Qy");
        accept(stop(false, 1));
        play.send(new Msg.Clock(Samples.NOW.plus(Leaving.LIMIT).minusSeconds(1)));
        assertThat(play.commands()).isEmpty();
        play.send(new Msg.Clock(Samples.NOW.plus(Leaving.LIMIT)));
        assertThat(play.commands())
                .containsExactly(new Cmd.Quit("1 task is still being stopped; `simmer` shows it"));
    }

    @Test
    void killingLeavingNowAndStayingArePossibleMeanwhile() {
        play.show(task(1, Phase.STOPPING), task(2, Phase.RUNNING)).type("Qy");
        accept(stop(false, 1, 2));
        play.type("X");
        assertThat(play.asked()).containsExactly(stop(true, 1, 2));
        play.type("q");
        assertThat(play.commands())
                .containsExactly(
                        new Cmd.Quit("2 tasks are still being stopped; `simmer` shows them"));
        play.press(Key.of(Name.ESCAPE));
        assertThat(play.model().leaving()).isEmpty();
        play.show(task(1, Phase.KILLED), task(2, Phase.KILLED));
        assertThat(play.commands()).noneMatch(Cmd.Quit.class::isInstance);
    }

    @Test
    void whatWasRefusedIsAskedForAgain() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.RUNNING), task(3, Phase.RUNNING));
        play.type("Qy");
        play.show(task(2, Phase.RUNNING), task(3, Phase.KILLED));
        assertThat(play.asked()).as("it has not been answered").isEmpty();
        Request first = stop(false, 1, 2, 3);
        play.send(new Msg.Replied(first, new Reply.Refused("there is no task 1")));
        assertThat(play.asked()).as("not at once, or it would never end").isEmpty();
        play.send(new Msg.Clock(Samples.NOW.plusSeconds(1)));
        assertThat(play.asked()).containsExactly(stop(false, 2));
        play.send(new Msg.Unanswered(stop(false, 2), "there was no answer: broken pipe"));
        play.show(task(2, Phase.RUNNING), task(4, Phase.RUNNING));
        assertThat(play.asked())
                .as("not what was started by somebody else since")
                .containsExactly(stop(false, 2));
        accept(stop(false, 2));
        play.show(task(2, Phase.STOPPING), task(4, Phase.RUNNING));
        assertThat(play.asked()).as("it has been taken on").isEmpty();
        play.show(task(2, Phase.KILLED), task(4, Phase.RUNNING));
        assertThat(play.commands()).contains(new Cmd.Quit("3 tasks stopped"));
    }

    @Test
    void saysWhatCouldNotBeStopped() {
        play.show(task(1, Phase.RUNNING)).type("Qy");
        play.send(new Msg.Unanswered(stop(false, 1), "there was no answer"));
        play.type("q");
        assertThat(play.commands())
                .containsExactly(new Cmd.Quit("1 task is not stopped yet; `simmer` shows it"));
    }
}
