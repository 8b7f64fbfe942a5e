package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.StyledLine;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key.Name;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PanesTest {
    private final Play play =
            new Play()
                    .send(new Msg.Resized(120, 40))
                    .show(task(1), task(2), task(3), task(4), task(5));

    private static TaskView task(long id) {
        return Samples.task(id, "task-" + id, Kind.JOB, Phase.RUNNING, "", log(id));
    }

    private static Path log(long id) {
        return Path.of("/none/" + id + ".log");
    }

    /** The same after another attempt has begun. */
    private static TaskView again(TaskView task, int attempt) {
        Optional<java.time.Instant> now = Optional.of(Samples.NOW);
        Path file = Path.of("/none/again.log");
        AttemptView next =
                new AttemptView(attempt, file, now, Optional.empty(), Optional.empty(), 0);
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                task.reason(),
                task.pid(),
                List.of(task.attempts().getFirst(), next),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    private Pane pane(PaneId id) {
        return play.model().panes().find(id).orElseThrow();
    }

    private Path shown(PaneId id) {
        return pane(id).log().source().orElseThrow().path();
    }

    private List<PaneId> onScreen() {
        return play.model().layout().logs().stream().map(PaneBox::id).toList();
    }

    private void answer(PaneId id, int count) {
        List<LogLine> lines =
                IntStream.range(0, count)
                        .mapToObj(i -> {
                            StyledLine text = new StyledLine("line " + i, List.of());
                            return new LogLine(10L * i, 10L * i + 10, text, true);
                        })
                        .toList();
        LogKey key = pane(id).log().source().orElseThrow();
        play.send(new Msg.LogRead(id, key, new Cmd.Where.Tail(), lines, 10L * count, 0));
    }

    private List<PaneId> read() {
        return play.commands().stream()
                .filter(Cmd.ReadLog.class::isInstance)
                .map(command -> ((Cmd.ReadLog) command).pane())
                .toList();
    }

    @Test
    void pinnedLogStaysWhileAnotherTaskIsSelected() {
        play.type("P");
        play.type("j");
        assertThat(shown(PaneId.FIRST)).isEqualTo(log(1));
        assertThat(shown(PaneId.FLOATING)).isEqualTo(log(2));
        assertThat(onScreen()).containsExactly(PaneId.FIRST, PaneId.FLOATING);
        play.type("k");
        assertThat(onScreen()).as("once is enough").containsExactly(PaneId.FIRST);
        play.type("P");
        assertThat(play.model().panes().pinned()).as("let go").isEmpty();
        assertThat(play.commands()).contains(new Cmd.CloseLog(PaneId.FIRST));
        assertThat(onScreen()).containsExactly(PaneId.FLOATING);
    }

    @Test
    void atMostFourArePinned() {
        play.type("PjPjPjPjP");
        assertThat(play.model().panes().pinned()).hasSize(4);
        assertThat(play.toast()).startsWith("four logs are pinned");
        play.type("2P").type("P");
        assertThat(pane(PaneId.SECOND).task()).as("takes its place").contains(new TaskId(5));
    }

    @Test
    void eachPaneScrollsAndSearchesForItself() {
        play.type("PjPj");
        for (PaneId id : List.of(PaneId.FLOATING, PaneId.FIRST, PaneId.SECOND)) {
            answer(id, 100);
        }
        play.type("1kkk");
        assertThat(pane(PaneId.FIRST).log().follow()).isFalse();
        assertThat(pane(PaneId.SECOND).log().follow()).isTrue();
        assertThat(pane(PaneId.FLOATING).log().follow()).isTrue();
        play.type("2/line").enter();
        Cmd.Search asked = (Cmd.Search) play.commands().getFirst();
        assertThat(asked.pane()).isEqualTo(PaneId.SECOND);
        play.type("1").send(new Msg.Searched(asked, new LogSearch.Result.Found(50)));
        assertThat(pane(PaneId.SECOND).log().search().orElseThrow().hit()).hasValue(50);
        assertThat(pane(PaneId.FIRST).log().search()).isEmpty();
        play.type("w");
        assertThat(pane(PaneId.FIRST).log().wrap()).isTrue();
        assertThat(pane(PaneId.SECOND).log().wrap()).isFalse();
    }

    @Test
    void keysInAPaneAreAboutItsTask() {
        play.type("PjP3").type("1x");
        Set<TaskId> first = Set.of(new TaskId(1));
        assertThat(play.asked()).containsExactly(new Request.Stop(first, false));
        play.press(Key.of(Name.TAB)).type("x");
        assertThat(play.asked()).containsExactly(new Request.Stop(Set.of(new TaskId(2)), false));
        play.press(Key.of(Name.ESCAPE));
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
        play.type("4");
        assertThat(play.model().focus()).as("nothing is pinned there").isEqualTo(Focus.TABLE);
    }

    @Test
    void tabGoesThroughAllParts() {
        play.type("PjPj");
        for (PaneId id : List.of(PaneId.FIRST, PaneId.SECOND, PaneId.FLOATING)) {
            play.press(Key.of(Name.TAB));
            assertThat(play.model().focused(id)).as("%s", id).isTrue();
        }
        play.press(Key.of(Name.TAB));
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
        play.press(Key.of(Name.BACK_TAB)).press(Key.of(Name.BACK_TAB));
        assertThat(play.model().focused(PaneId.SECOND)).isTrue();
    }

    @Test
    void pinnedPaneGoesToTheNewestAttempt() {
        play.type("Pjj").show(again(task(1), 2), task(2), task(3), task(4), task(5));
        assertThat(shown(PaneId.FIRST)).isEqualTo(Path.of("/none/again.log"));
        assertThat(read()).contains(PaneId.FIRST);
    }

    @Test
    void pinWaitsForATaskOfItsName() {
        play.type("P").show(task(2), task(3));
        assertThat(play.model().panes().pinned()).isEmpty();
        assertThat(onScreen()).containsExactly(PaneId.FLOATING);
        TaskView anew = Samples.task(9, "task-1", Kind.JOB, Phase.RUNNING, "", log(9));
        play.show(task(2), task(3), anew);
        assertThat(shown(PaneId.FIRST)).isEqualTo(log(9));
    }

    @Test
    void onlyLogsThatMayGrowAreLookedAt() {
        TaskView over = Samples.task(1, "task-1", Kind.JOB, Phase.SUCCEEDED, "", log(1));
        play.type("PjPj").show(over, task(2), task(3));
        play.send(new Msg.LogPoll());
        assertThat(read()).containsExactly(PaneId.SECOND, PaneId.FLOATING);
        play.type("1z").send(new Msg.LogPoll());
        assertThat(read()).as("alone on the screen, and ended").isEmpty();
        assertThat(Timers.of(play.model()).log()).isFalse();
    }

    @Test
    void selectedTaskIsSeenAloneWhereItsPaneHasNoRoom() {
        play.send(new Msg.Resized(80, 24)).type("Pj");
        assertThat(onScreen()).containsExactly(PaneId.FIRST, PaneId.FLOATING);
        play.enter();
        assertThat(onScreen()).containsExactly(PaneId.FLOATING);
        play.enter().type("k").enter();
        assertThat(onScreen()).as("it is pinned").containsExactly(PaneId.FIRST);
        play.press(Key.of(Name.ESCAPE));
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
    }

    @Test
    void selectedTaskIsSeenHoweverManyArePinned() {
        play.type("PjPjPjPj");
        for (int[] size : new int[][] {{80, 24}, {70, 24}, {50, 18}, {40, 20}, {200, 60}}) {
            play.send(new Msg.Resized(size[0], size[1]));
            assertThat(onScreen()).as("%s", size).contains(PaneId.FLOATING);
            int pins = onScreen().size() - 1;
            assertThat(play.model().layout().hidden(play.model())).isEqualTo(4 - pins);
        }
        play.send(new Msg.Resized(50, 18)).type("4");
        assertThat(onScreen()).as("that of the keys first").contains(PaneId.FOURTH);
        play.press(Key.of(Name.ESCAPE));
        assertThat(onScreen()).contains(PaneId.FLOATING);
    }

    @Test
    void mergedLogIsSeenAtOnce() {
        play.send(new Msg.Resized(80, 24)).type("PjPM");
        assertThat(play.model().sheet()).isEqualTo(Sheet.MERGED);
        assertThat(onScreen()).contains(play.model().paneId());
    }

    @Test
    void keysGoToTheTableWhereTheirPaneGoes() {
        play.type("Pj").press(Key.of(Name.BACK_TAB));
        assertThat(play.model().focused(PaneId.FLOATING)).isTrue();
        play.type("1").show(task(2));
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
    }

    @Test
    void shapeGoesByTheScreenOrAsChosen() {
        assertThat(play.model().layout().divider().orElseThrow().which()).isEqualTo(Divider.BELOW);
        play.type("L");
        assertThat(play.model().layout().divider().orElseThrow().which()).isEqualTo(Divider.BESIDE);
        play.send(new Msg.Resized(50, 40));
        assertThat(play.model().layout().divider().orElseThrow().which()).isEqualTo(Divider.BELOW);
        play.type("LL").send(new Msg.Resized(160, 45));
        assertThat(play.model().layout().divider().orElseThrow().which()).isEqualTo(Divider.BESIDE);
        play.send(new Msg.Resized(140, 54));
        assertThat(play.model().layout().divider().orElseThrow().which()).isEqualTo(Divider.BELOW);
    }

    @Test
    void borderMovesByKeysAndStopsInTime() {
        play.send(new Msg.Resized(160, 45));
        int first = play.model().layout().table().orElseThrow().width();
        play.type(">>");
        assertThat(play.model().layout().table().orElseThrow().width()).isEqualTo(first + 4);
        play.type("<");
        assertThat(play.model().layout().table().orElseThrow().width()).isEqualTo(first + 2);
        play.type("<".repeat(100));
        assertThat(play.model().layout().table().orElseThrow().width()).isEqualTo(30);
        play.type(">".repeat(100));
        assertThat(play.model().layout().log().orElseThrow().width()).isEqualTo(30);
        play.type("LL" + "<".repeat(40));
        assertThat(play.model().layout().table().orElseThrow().height()).isEqualTo(5);
        play.type(">");
        assertThat(play.model().layout().table().orElseThrow().height()).isEqualTo(6);
    }

    @Test
    void bordersAreDragged() {
        play.type("PjPj").send(new Msg.Resized(160, 45));
        Border border = play.model().layout().divider().orElseThrow();
        int x = border.first() - 1;
        play.send(new Msg.Dragged(100, 10));
        assertThat(play.model().layout().divider()).as("nothing is held").contains(border);
        play.send(new Msg.Clicked(x, 10)).send(new Msg.Dragged(60, 20));
        assertThat(play.model().layout().table().orElseThrow().width()).isEqualTo(60);
        play.send(new Msg.Released()).send(new Msg.Dragged(90, 20));
        assertThat(play.model().layout().table().orElseThrow().width()).isEqualTo(60);
        play.type("LL").send(new Msg.Resized(120, 50));
        Border down = play.model().layout().border(Divider.DOWN).orElseThrow();
        int y = down.body().y() + down.first();
        play.send(new Msg.Clicked(3, y)).send(new Msg.Dragged(3, y + 4));
        assertThat(play.model().layout().pane(PaneId.FIRST).orElseThrow().box().height())
                .isEqualTo(down.first() + 4);
    }

    @Test
    void mouseIsLeftToTheTerminal() {
        play.type("m");
        assertThat(play.commands()).containsExactly(new Cmd.Mouse(false));
        assertThat(Bindings.footer(play.model()).stream().map(Binding::label)).contains("mouse on");
        play.type("m");
        assertThat(play.commands()).containsExactly(new Cmd.Mouse(true));
        assertThat(Bindings.footer(play.model()).stream().map(Binding::action))
                .doesNotContain(Action.MOUSE);
    }

    @Test
    void zoomShowsThePartThatHasTheKeys() {
        play.type("Pz");
        assertThat(play.model().layout().table()).isPresent();
        assertThat(onScreen()).isEmpty();
        play.type("1");
        assertThat(onScreen()).containsExactly(PaneId.FIRST);
        play.type("z");
        assertThat(play.model().layout().divided()).isTrue();
        assertThat(play.model().focus()).as("as before").isEqualTo(Focus.TABLE);
    }
}
