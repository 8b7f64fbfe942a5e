package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.StyledLine;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key.Name;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpdateTest {
    private static final Path LOG = Path.of("/none/output.log");
    private Model model = Model.opening(Samples.place(), 80, 24, List.of("dark", "light"), "dark");
    private List<Cmd> commands = List.of();

    private void send(Msg msg) {
        Step step = Update.update(model, msg);
        model = step.model();
        commands = step.commands();
    }

    private void press(Key... keys) {
        for (Key key : keys) {
            send(new Msg.KeyPressed(key));
        }
    }

    private void type(String text) {
        text.codePoints().forEach(c -> press(Key.typed(Character.toString(c))));
    }

    private void show(TaskView... tasks) {
        send(new Msg.SnapshotChanged(Samples.snapshot(List.of(tasks))));
    }

    private static TaskView task(long id, Phase phase) {
        return Samples.task(id, "task-" + id, Kind.JOB, phase, "", LOG);
    }

    private static List<LogLine> lines(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i ->
                        new LogLine(
                                10L * i,
                                10L * i + 10,
                                new StyledLine("line " + i, List.of()),
                                true))
                .toList();
    }

    private void answer(Cmd.Where where, List<LogLine> lines, long size) {
        send(
                new Msg.LogRead(
                        model.paneId(), model.log().source().orElseThrow(), where, lines, size, 0));
    }

    @Test
    void enterStartsAStoppedSupervisorAgain() {
        Snapshot stopped = Samples.troubled(List.of(task(1, Phase.RUNNING)), Snapshot.STOPPED);
        send(new Msg.SnapshotChanged(stopped));
        press(Key.of(Name.ENTER));
        assertThat(commands).containsExactly(new Cmd.Wake());
        assertThat(model.arrangement().zoom()).isEmpty();
        type("?");
        press(Key.of(Name.ENTER));
        assertThat(commands).doesNotContain(new Cmd.Wake());
        press(Key.of(Name.ESCAPE));
        show(task(1, Phase.RUNNING));
        press(Key.of(Name.ENTER));
        assertThat(commands).doesNotContain(new Cmd.Wake());
    }

    @Test
    void eachTaskKeyAsksTheEngine() {
        show(task(1, Phase.RUNNING), task(2, Phase.RUNNING));
        press(Key.of(Name.DOWN));
        Set<TaskId> second = Set.of(new TaskId(2));
        Map<String, Request> wanted = new HashMap<>();
        wanted.put("x", new Request.Stop(second, false));
        wanted.put("X", new Request.Stop(second, true));
        wanted.put("r", new Request.Restart(second));
        wanted.put("s", new Request.Start(second));
        wanted.put("p", new Request.Pause(second));
        wanted.forEach((key, request) -> {
            type(key);
            assertThat(commands).containsExactly(new Cmd.Submit(request));
        });
        show(task(1, Phase.RUNNING), task(2, Phase.PAUSED));
        type("p");
        assertThat(commands).containsExactly(new Cmd.Submit(new Request.Resume(second)));
    }

    @Test
    void spawnForgivesTheAmpersandAndSelectsTheNewTask() {
        show(task(1, Phase.RUNNING));
        type("nnpm run dev &");
        press(Key.of(Name.ENTER));
        assertThat(commands).hasSize(1);
        Request request = ((Cmd.Submit) commands.getFirst()).request();
        Request.Spawn spawn = (Request.Spawn) request;
        assertThat(spawn.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(spawn.tasks().getFirst().name()).isEqualTo("dev");
        assertThat(spawn.tasks().getFirst().command()).isEqualTo(new Command.Shell("npm run dev"));
        send(new Msg.Replied(request, new Reply.Accepted(List.of(new TaskId(2)))));
        show(task(1, Phase.RUNNING), task(2, Phase.STARTING));
        assertThat(model.table().selected()).contains(new TaskId(2));
    }

    @Test
    void emptySpawnIsCancelled() {
        type("n  ");
        press(Key.of(Name.ENTER));
        assertThat(commands).isEmpty();
        assertThat(model.mode()).isEqualTo(new Mode.Normal());
        type("nsleep 1");
        press(Key.of(Name.ESCAPE));
        assertThat(commands).isEmpty();
    }

    @Test
    void olderCommandsComeBack() {
        type("ntrue");
        press(Key.of(Name.ENTER));
        type("nfalse");
        press(Key.of(Name.ENTER));
        type("n");
        press(Key.of(Name.UP), Key.of(Name.UP));
        assertThat(model.mode()).isEqualTo(new Mode.Spawn(LineEdit.of("true"), 2));
        press(Key.of(Name.DOWN));
        assertThat(model.mode()).isEqualTo(new Mode.Spawn(LineEdit.of("false"), 1));
    }

    @Test
    void pastedTextIsTypedAndNeverRun() {
        show(task(1, Phase.RUNNING));
        send(new Msg.Pasted("q\ny\n"));
        assertThat(commands).isEmpty();
        assertThat(model.toast()).isPresent();
        type("n");
        send(new Msg.Pasted("echo a\necho b\u001b[31m\n"));
        assertThat(model.mode()).isEqualTo(new Mode.Spawn(LineEdit.of("echo a\necho b[31m"), 0));
        assertThat(commands).isEmpty();
    }

    @Test
    void pastedLinesRunAsLines() {
        type("n");
        send(new Msg.Pasted("cd x\rmake\r"));
        press(Key.of(Name.ENTER));
        Request.Spawn spawn = (Request.Spawn) ((Cmd.Submit) commands.getFirst()).request();
        assertThat(spawn.tasks().getFirst().command()).isEqualTo(new Command.Shell("cd x\nmake"));
        assertThat(spawn.tasks().getFirst().name()).isEqualTo("cd");
        type("n");
        press(Key.of(Name.UP));
        assertThat(model.mode()).isEqualTo(new Mode.Spawn(LineEdit.of("cd x\nmake"), 1));
    }

    @Test
    void pastedLinesOfAFilterBecomeOne() {
        show(task(1, Phase.RUNNING));
        type("/");
        send(new Msg.Pasted("a\nb\n"));
        assertThat(model.mode()).isEqualTo(new Mode.Filter(LineEdit.of("a b")));
    }

    @Test
    void refusalIsShownAndGoesAway() {
        Request request = new Request.Pause(Set.of(new TaskId(1)));
        send(new Msg.Clock(Samples.NOW));
        send(new Msg.Replied(request, new Reply.Refused("it does not run")));
        assertThat(model.toast()).map(Toast::text).contains("it does not run");
        assertThat(Timers.of(model).toast()).isTrue();
        send(new Msg.Clock(Samples.NOW.plusSeconds(60)));
        assertThat(model.toast()).isEmpty();
    }

    @Test
    void messageGoesWithTheNextKey() {
        show(task(1, Phase.RUNNING), task(2, Phase.RUNNING));
        Msg problem = new Msg.Problem("it does not run");
        for (Key key : List.of(Key.typed("j"), Key.typed("?"), Key.typed("n"), Key.typed("é"))) {
            press(Key.of(Name.ESCAPE));
            send(problem);
            assertThat(model.toast()).isPresent();
            press(key);
            assertThat(model.toast()).as(key.toString()).isEmpty();
        }
        press(Key.of(Name.ESCAPE));
        send(problem);
        send(new Msg.Clicked(1, 5));
        assertThat(model.toast()).isEmpty();
        type("tj");
        press(Key.of(Name.ENTER));
        assertThat(model.toast()).map(Toast::text).get().asString().startsWith("theme ");
        send(problem);
        type("/task");
        press(Key.of(Name.ENTER));
        send(problem);
        press(Key.of(Name.ESCAPE));
        assertThat(model.toast()).isEmpty();
        assertThat(model.table().filter()).as("Escape did only that").isEqualTo("task");
    }

    @Test
    void helpIsClosedByWhatPeoplePressFirst() {
        show(task(1, Phase.RUNNING));
        List<Key> closing =
                List.of(Key.typed("?"), Key.typed("q"), Key.of(Name.ENTER), Key.of(Name.ESCAPE));
        for (Key key : closing) {
            type("?");
            assertThat(model.mode()).isEqualTo(new Mode.Help(0));
            press(key);
            assertThat(model.mode()).as("after %s", key).isEqualTo(new Mode.Normal());
            assertThat(model.zoomed()).isFalse();
            assertThat(commands).isEmpty();
        }
    }

    @Test
    void filterNarrowsWhileItIsTyped() {
        show(task(1, Phase.RUNNING), task(2, Phase.FAILED), task(13, Phase.FAILED));
        type("/fai");
        assertThat(model.table().rows()).hasSize(2);
        type("l 13");
        assertThat(model.table().rows()).hasSize(1);
        press(Key.of(Name.ENTER));
        assertThat(model.table().filter()).isEqualTo("fail 13");
        press(Key.of(Name.ESCAPE));
        assertThat(model.table().rows()).hasSize(3);
        assertThat(model.table().selected()).contains(new TaskId(13));
    }

    @Test
    void selectionStaysWithItsTask() {
        show(task(2, Phase.RUNNING), task(5, Phase.RUNNING), task(7, Phase.RUNNING));
        press(Key.of(Name.DOWN));
        show(task(1, Phase.RUNNING), task(2, Phase.RUNNING), task(5, Phase.FAILED));
        assertThat(model.table().selected()).contains(new TaskId(5));
        show(task(1, Phase.RUNNING), task(2, Phase.RUNNING));
        assertThat(model.table().selected()).contains(new TaskId(2));
    }

    @Test
    void selectingATaskReadsItsLog() {
        show(task(1, Phase.RUNNING), task(2, Phase.RUNNING));
        assertThat(commands).hasSize(1);
        press(Key.of(Name.DOWN));
        LogKey second = new LogKey(new TaskId(2), 1, Sheet.OUTPUT, LOG);
        assertThat(commands)
                .containsExactly(
                        new Cmd.ReadLog(
                                PaneId.FLOATING,
                                second,
                                new Cmd.Where.Tail(),
                                model.layout().logRows(),
                                -1));
        send(
                new Msg.LogRead(
                        PaneId.FLOATING,
                        new LogKey(new TaskId(1), 1, Sheet.OUTPUT, LOG),
                        new Cmd.Where.Tail(),
                        lines(0, 3),
                        30,
                        0));
        assertThat(model.log().lines()).as("an answer for another task").isEmpty();
    }

    @Test
    void followedLogIsReadAgainOnlyWhenItGrew() {
        show(task(1, Phase.RUNNING));
        answer(new Cmd.Where.Tail(), lines(90, 10), 1_000);
        assertThat(Timers.of(model).log()).isTrue();
        send(new Msg.LogPoll());
        assertThat(commands).hasSize(1);
        assertThat(((Cmd.ReadLog) commands.getFirst()).knownSize()).isEqualTo(1_000);
        show(task(1, Phase.SUCCEEDED));
        assertThat(commands).as("what was written last").hasSize(1);
        assertThat(Timers.of(model).log()).isFalse();
        assertThat(Timers.of(model).clock()).isFalse();
    }

    @Test
    void scrollingUpReadsMoreAndDownFollowsAgain() {
        show(task(1, Phase.RUNNING));
        int rows = model.layout().logRows();
        answer(new Cmd.Where.Tail(), lines(1_000 - rows, rows), 10_000);
        press(Key.of(Name.TAB));
        type("kkk");
        assertThat(model.log().follow()).isFalse();
        long first = 10L * (1_000 - rows);
        Cmd before =
                new Cmd.ReadLog(
                        PaneId.FLOATING,
                        model.log().source().orElseThrow(),
                        new Cmd.Where.Before(first),
                        LogUpdate.CHUNK,
                        -1);
        assertThat(commands).containsExactly(before);
        answer(new Cmd.Where.Before(first), lines(800 - rows, 200), 10_000);
        assertThat(topLine()).isEqualTo("line " + (1_000 - rows - 3));
        answer(new Cmd.Where.Before(first), lines(800 - rows, 200), 10_000);
        assertThat(topLine()).as("a second answer").isEqualTo("line " + (1_000 - rows - 3));
        type("jj");
        assertThat(model.log().follow()).isFalse();
        type("j");
        assertThat(model.log().follow()).isTrue();
        type("g");
        assertThat(commands)
                .containsExactly(
                        new Cmd.ReadLog(
                                PaneId.FLOATING,
                                model.log().source().orElseThrow(),
                                new Cmd.Where.Around(0),
                                LogUpdate.CHUNK,
                                -1));
        answer(new Cmd.Where.Around(0), lines(0, 100), 10_000);
        assertThat(topLine()).isEqualTo("line 0");
    }

    private String topLine() {
        Layout layout = model.layout();
        int first = LogRows.first(model.log(), layout.logColumns(), layout.logRows());
        return model.log().lines().get(first).line().text();
    }

    @Test
    void linesThatAreKeptHaveALimit() {
        show(task(1, Phase.RUNNING));
        answer(new Cmd.Where.Tail(), lines(50_000, 10), 500_100);
        press(Key.of(Name.TAB));
        for (int i = 50_000; i > 45_000; i -= 200) {
            press(Key.of(Name.UP));
            answer(new Cmd.Where.Before(10L * i), lines(i - 200, 200), 500_100);
            type("k".repeat(200));
        }
        assertThat(model.log().lines()).hasSize(LogPane.MAX_LINES);
        List<LogLine> kept = new ArrayList<>(model.log().lines());
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i).offset()).isEqualTo(kept.get(i - 1).end());
        }
    }

    @Test
    void cutLogIsReadAnew() {
        show(task(1, Phase.RUNNING));
        answer(new Cmd.Where.Tail(), lines(0, 100), 1_000);
        press(Key.of(Name.TAB));
        type("kk");
        answer(new Cmd.Where.SizeOnly(), List.of(), 20);
        assertThat(model.log().lines()).isEmpty();
        assertThat(commands).hasSize(1);
    }

    @Test
    void searchGoesUpFromTheEndAndRoundTheCorner() {
        show(task(1, Phase.RUNNING));
        answer(new Cmd.Where.Tail(), lines(990, 10), 10_000);
        press(Key.of(Name.TAB));
        type("/line");
        press(Key.of(Name.ENTER));
        Cmd.Search asked = (Cmd.Search) commands.getFirst();
        assertThat(asked.forward()).isFalse();
        send(new Msg.Searched(asked, new LogSearch.Result.Found(9_980)));
        SearchState state = model.log().search().orElseThrow();
        assertThat(state.hit()).isEqualTo(OptionalLong.of(9_980));
        type("n");
        Cmd.Search next = (Cmd.Search) commands.getFirst();
        assertThat(next.offset()).isEqualTo(9_990);
        send(new Msg.Searched(asked, new LogSearch.Result.Found(5)));
        assertThat(model.log().search().orElseThrow().asked())
                .as("an old answer changes nothing")
                .contains(next);
        send(new Msg.Searched(next, new LogSearch.Result.NotFound()));
        Cmd.Search again = (Cmd.Search) commands.getFirst();
        assertThat(again.offset()).isZero();
        send(new Msg.Searched(again, new LogSearch.Result.NotFound()));
        assertThat(model.toast()).map(Toast::text).contains("no line contains “line”");
        assertThat(commands).isEmpty();
        press(Key.of(Name.ESCAPE));
        assertThat(model.log().search()).isEmpty();
    }

    @Test
    void mouseSelectsAndScrollsWhatIsUnderIt() {
        List<TaskView> many = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            many.add(task(i, Phase.SUCCEEDED));
        }
        send(new Msg.SnapshotChanged(Samples.snapshot(many)));
        Rect table = model.layout().table().orElseThrow();
        send(new Msg.Clicked(5, table.y() + 2 + 3));
        assertThat(model.table().selected()).contains(new TaskId(4));
        send(new Msg.Wheeled(5, table.y() + 3, 1));
        assertThat(model.table().top()).isEqualTo(3);
        Rect log = model.layout().log().orElseThrow();
        send(new Msg.Clicked(5, log.y() + 2));
        assertThat(model.focus()).isEqualTo(Focus.LOG);
        answer(new Cmd.Where.Tail(), lines(900, 100), 10_000);
        send(new Msg.Wheeled(5, log.y() + 2, -1));
        assertThat(model.log().follow()).isFalse();
        assertThat(model.table().top()).isEqualTo(3);
    }

    @Test
    void nothingWakesTheLoopWhenAllIsDone() {
        show(task(1, Phase.SUCCEEDED), task(2, Phase.FAILED));
        assertThat(Timers.of(model).lastLines()).isTrue();
        send(new Msg.LastLinesPoll());
        Cmd.ReadLastLines read = (Cmd.ReadLastLines) commands.getFirst();
        send(
                new Msg.LastLinesRead(
                        read.logs().stream()
                                .map(w -> new Msg.Seen(w.key(), w.ended(), StyledLine.EMPTY))
                                .toList()));
        assertThat(Timers.of(model)).isEqualTo(new Timers(false, false, false, false));
        send(new Msg.LastLinesPoll());
        assertThat(commands).isEmpty();
    }

    @Test
    void everyKeyHasOneMeaning() {
        for (Context where : Context.values()) {
            Map<Key, Action> seen = new HashMap<>();
            for (Binding binding : Bindings.DEFAULTS) {
                for (Key key : binding.where().contains(where) ? binding.keys() : List.<Key>of()) {
                    assertThat(seen.put(key, binding.action())).as("%s in %s", key, where).isNull();
                }
            }
        }
    }

    @Test
    void footerShowsWhatWorks() {
        show(task(1, Phase.SUCCEEDED));
        assertThat(Bindings.footer(model).stream().map(Binding::action))
                .contains(Action.START, Action.SPAWN)
                .doesNotContain(Action.STOP, Action.PAUSE);
        show(task(1, Phase.PAUSED));
        assertThat(Bindings.footer(model).stream().map(Binding::label))
                .contains("resume")
                .doesNotContain("start");
    }

    @Test
    void snapshotOfAnEmptyWorkspaceLeavesTheZoom() {
        show(task(1, Phase.RUNNING));
        press(Key.of(Name.ENTER));
        assertThat(model.zoomed()).isTrue();
        send(
                new Msg.SnapshotChanged(
                        new Snapshot(
                                2,
                                Samples.NOW,
                                Samples.HOST,
                                List.of(),
                                List.of(),
                                Optional.empty())));
        assertThat(model.zoomed()).isFalse();
        assertThat(model.log().source()).isEqualTo(Optional.empty());
    }
}
