package dev.simmer.tui.model;

import static dev.simmer.tui.model.Play.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which tasks are shown, and what becomes of the dashboard when the engine begins anew. */
class ScopeTest {
    private static final WorkspaceId BLOG = new WorkspaceId(Path.of("/home/ada/blog"));
    private final Play play = new Play();
    private final TaskView mine = task(1, Phase.RUNNING);
    private final TaskView theirs = Samples.in(BLOG, "", task(2, Phase.RUNNING));
    private final TaskView named = Samples.in(Samples.FOLDER, "audit", task(3, Phase.RUNNING));
    private final TaskView ended = Samples.in(BLOG, "", task(4, Phase.FAILED));

    private List<TaskView> shown() {
        return play.model().table().rows();
    }

    @Test
    void showsTheWorkspacesCurrentSession() {
        play.show(mine, theirs, named, ended);
        assertThat(shown()).containsExactly(mine);
        assertThat(play.model().scope().elsewhere()).isEqualTo(2);
        play.show(Samples.snapshot("audit", List.of(mine, theirs, named, ended)));
        assertThat(shown()).containsExactly(named);
        assertThat(play.model().scope().session()).isEqualTo("audit");
    }

    @Test
    void allWorkspacesAreAKeyAway() {
        play.show(mine, theirs, named, ended).type("W");
        assertThat(shown()).containsExactly(mine, theirs, named, ended);
        assertThat(play.model().scope().elsewhere()).isZero();
        assertThat(Scope.label(named)).isEqualTo("shop · audit");
        play.type("jx");
        assertThat(play.asked()).containsExactly(new Request.Stop(Set.of(new TaskId(2)), false));
        play.type("/blog").enter();
        assertThat(shown()).containsExactly(theirs, ended);
        play.type("W").show(mine, theirs, named, ended);
        assertThat(shown()).as("the filter stays").isEmpty();
        play.press(Key.of(Key.Name.ESCAPE));
        assertThat(shown()).containsExactly(mine);
    }

    @Test
    void keysDoNothingToWhatIsNotShown() {
        play.show(theirs, named);
        for (String key : List.of("x", "X", "r", "s", "p", "R", "c", "z")) {
            play.type(key);
            assertThat(play.commands()).as(key).isEmpty();
            assertThat(play.model().mode()).as(key).isEqualTo(new Mode.Normal());
        }
    }

    @Test
    void goesOnWithASupervisorThatBeginsAnew() {
        play.show(new Snapshot(900, Samples.NOW, Samples.HOST, List.of(mine), List.of(), no()));
        play.enter();
        Snapshot gone =
                new Snapshot(
                        901,
                        Samples.NOW,
                        Samples.HOST,
                        List.of(mine),
                        List.of(),
                        Optional.of("the supervisor has gone; starting it again"));
        play.show(gone);
        assertThat(play.model().layout().band().height()).isEqualTo(1);
        assertThat(play.model().zoomed()).isTrue();
        TaskView failed = task(1, Phase.FAILED);
        play.show(new Snapshot(1, Samples.NOW, Samples.HOST, List.of(failed), List.of(), no()));
        assertThat(play.model().layout().band().height()).isZero();
        assertThat(play.model().selected()).contains(failed);
        play.show(Snapshot.EMPTY);
        assertThat(play.model().selected()).isEmpty();
        assertThat(play.model().now()).isEqualTo(Samples.NOW);
    }

    private static Optional<String> no() {
        return Optional.empty();
    }

    @Test
    void tasksThatVanishAreLetGo() {
        play.show(mine, task(5, Phase.SUCCEEDED)).type("j").type("R");
        play.show(mine);
        play.enter();
        assertThat(play.model().selected()).contains(mine);
        assertThat(play.asked()).as("it has no name to keep").hasSizeLessThanOrEqualTo(1);
        play.send(
                new Msg.Unanswered(
                        new Request.Rename(new TaskId(5), "x"), "there was no answer: gone"));
        assertThat(play.toast()).isEqualTo("there was no answer: gone");
    }

    @Test
    void troubleTakesRowsButNeverTheTable() {
        String words = "the disk is full, nothing is recorded; make room ".repeat(9);
        for (int[] size : new int[][] {{80, 24}, {160, 45}, {40, 10}, {60, 18}}) {
            Play here = new Play();
            here.send(new Msg.Resized(size[0], size[1]));
            here.show(Samples.troubled(Samples.everyPhase(Path.of("/none")), words));
            Layout layout = here.model().layout();
            assertThat(layout.band().height()).isBetween(1, 3);
            assertThat(layout.table().orElseThrow().y())
                    .isEqualTo(layout.band().y() + layout.band().height());
            assertThat(layout.tableRows()).isGreaterThanOrEqualTo(2);
        }
    }
}
