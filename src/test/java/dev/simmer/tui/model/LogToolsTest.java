package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key.Name;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searching, marking, copying, saving and merging logs. */
class LogToolsTest {
    private static final int LINES = 100;

    private Play play = new Play();

    @BeforeEach
    void openLog() {
        play = new Play();
        play.show(task(1), task(2), task(3));
        answer();
        play.press(Key.of(Name.TAB));
    }

    private static TaskView task(long id) {
        return Samples.task(id, "task-" + id, Kind.JOB, Phase.RUNNING, "", log(id));
    }

    private static Path log(long id) {
        return Path.of("/home/ada/shop/" + id + ".log");
    }

    private LogPane pane() {
        return play.model().log();
    }

    private LogKey key() {
        return pane().source().orElseThrow();
    }

    private void answer() {
        List<LogLine> lines =
                IntStream.range(0, LINES)
                        .mapToObj(i ->
                                new LogLine(
                                        10L * i,
                                        10L * i + 10,
                                        TerminalText.line("line " + i),
                                        true))
                        .toList();
        play.send(
                new Msg.LogRead(
                        PaneId.FLOATING, key(), new Cmd.Where.Tail(), lines, 10L * LINES, 0));
    }

    private Reading.Marks marks() {
        return pane().reading().marks().orElseThrow();
    }

    @Test
    void marksGoWithTheKeysAndAreCopied() {
        play.type("Vkkk");
        assertThat(pane().follow()).isFalse();
        assertThat(marks()).isEqualTo(new Reading.Marks(990, 960));
        play.type("j").type("y");
        assertThat(play.commands()).contains(new Cmd.CopyLines(key(), new Cmd.Lines(970, 990)));
        assertThat(pane().reading().marks()).isEmpty();
        play.send(new Msg.LinesRead("a\nb", false));
        assertThat(play.commands()).containsExactly(new Cmd.Copy("a\nb"));
        play.send(new Msg.LinesRead("", true));
        assertThat(play.commands()).isEmpty();
        assertThat(play.toast()).startsWith("too much to copy");
    }

    @Test
    void marksReachToBothEndsAndEscapeDropsThem() {
        play.type("Vg");
        assertThat(marks()).isEqualTo(new Reading.Marks(990, 0));
        play.type("G");
        assertThat(marks()).isEqualTo(new Reading.Marks(990, 990));
        play.press(Key.of(Name.PAGE_UP));
        assertThat(marks().head()).isLessThan(980);
        play.press(Key.of(Name.ESCAPE));
        assertThat(pane().reading().marks()).isEmpty();
        assertThat(play.model().focus()).isEqualTo(Focus.LOG);
    }

    @Test
    void mouseMarksWhatItIsDrawnOver() {
        Rect box = play.model().layout().pane(PaneId.FLOATING).orElseThrow().box();
        int top = box.y() + 1;
        play.send(new Msg.Clicked(10, top + 1));
        assertThat(pane().reading().marks()).isEmpty();
        play.send(new Msg.Dragged(12, top + 4));
        assertThat(marks().last() - marks().first()).isEqualTo(30);
        play.send(new Msg.Released());
        play.send(new Msg.Clicked(10, top));
        assertThat(pane().reading().marks()).as("a click begins anew").isEmpty();
    }

    @Test
    void withoutASearchTheKeyForTheNextMatchSpawns() {
        play.type("N");
        assertThat(play.toast()).isEqualTo("nothing is looked for yet");
        play.type("n");
        assertThat(play.model().mode()).isInstanceOf(Mode.Spawn.class);
        play.type("r");
        assertThat(play.asked()).as("it is typed").isEmpty();
    }

    @Test
    void percentOutsideIsTheNearestAndIsTold() {
        play.type("%150").enter();
        assertThat(play.toast()).isEqualTo("100 % is the end");
        play.type("%-5").enter();
        assertThat(play.toast()).isEqualTo("0 % is the beginning");
        play.type("%50").enter();
        assertThat(play.toast()).isEmpty();
    }

    @Test
    void lineWithoutMarksIsCopied() {
        play.type("y");
        assertThat(play.commands()).contains(new Cmd.CopyLines(key(), new Cmd.Lines(990, 990)));
    }

    @Test
    void logIsSavedAndAFileReplacedOnlyWhenAsked() {
        play.type("S").type("a.log").enter();
        Cmd.SaveLines save =
                new Cmd.SaveLines(
                        key(),
                        new Cmd.Lines(0, Long.MAX_VALUE),
                        Samples.FOLDER.folder() + "/a.log",
                        false);
        assertThat(play.commands()).containsExactly(save);
        play.send(new Msg.SaveRefused(save));
        play.press(Key.of(Name.ESCAPE));
        assertThat(play.commands()).isEmpty();
        play.send(new Msg.SaveRefused(save)).type("y");
        assertThat(play.commands())
                .containsExactly(new Cmd.SaveLines(key(), save.lines(), save.to(), true));
        play.type("Vkk").type("S").type("~/b").enter();
        assertThat(play.commands())
                .containsExactly(new Cmd.SaveLines(key(), new Cmd.Lines(970, 990), "~/b", false));
        play.type("S").enter();
        assertThat(play.commands()).isEmpty();
        assertThat(play.toast()).isEqualTo("nothing saved: no file was named");
    }

    @Test
    void firstErrorIsSoughtFromTheEndOnAndTheLastOneBackwards() {
        play.type("E");
        Cmd.Search asked =
                new Cmd.Search(
                        PaneId.FLOATING, key(), Sought.Kind.ERRORS, "", Long.MAX_VALUE, false);
        assertThat(play.commands()).containsExactly(asked);
        play.send(new Msg.Searched(asked, new LogSearch.Result.Found(950)));
        assertThat(play.commands())
                .contains(new Cmd.CountHits(PaneId.FLOATING, key(), Sought.ERRORS));
        play.send(
                new Msg.HitsCounted(
                        PaneId.FLOATING,
                        key(),
                        Sought.ERRORS,
                        new LogSearch.Hits(List.of(10L, 950L, 980L), true)));
        assertThat(pane().search().orElseThrow().count()).isEqualTo("2 of 3+");
        Play before = play;
        play.type("e");
        assertThat(play.commands())
                .containsExactly(
                        new Cmd.Search(PaneId.FLOATING, key(), Sought.Kind.ERRORS, "", 960, true));
        openLog();
        play.type("e");
        assertThat(play.commands())
                .as("what went wrong first")
                .containsExactly(
                        new Cmd.Search(PaneId.FLOATING, key(), Sought.Kind.ERRORS, "", 0, true));
        play = before;
        play.type("E");
        assertThat(play.commands())
                .containsExactly(
                        new Cmd.Search(PaneId.FLOATING, key(), Sought.Kind.ERRORS, "", 950, false));
    }

    @Test
    void expressionIsSoughtOnceItIsOne() {
        play.type("/").press(Key.ctrl("r")).type("li(").enter();
        assertThat(play.model().mode()).isInstanceOf(Mode.Search.class);
        assertThat(play.commands()).isEmpty();
        play.type("ne)").enter();
        assertThat(play.commands())
                .containsExactly(
                        new Cmd.Search(
                                PaneId.FLOATING,
                                key(),
                                Sought.Kind.REGEX,
                                "li(ne)",
                                Long.MAX_VALUE,
                                false));
        Cmd.Search asked = (Cmd.Search) play.commands().getFirst();
        play.send(new Msg.Searched(asked, new LogSearch.Result.TooHard(0)));
        assertThat(play.toast()).contains("too long");
    }

    @Test
    void percentGoesThereWithoutReadingWhatLiesBetween() {
        play.type("%50").enter();
        assertThat(play.commands())
                .containsExactly(
                        new Cmd.ReadLog(
                                PaneId.FLOATING,
                                key(),
                                new Cmd.Where.Around(500),
                                LogUpdate.CHUNK,
                                -1));
        play.type("%x").enter();
        assertThat(play.toast()).startsWith("a number");
    }

    @Test
    void pagerAndEditorAreOpenedAtThePlace() {
        play.type("|");
        assertThat(play.commands())
                .containsExactly(new Cmd.Open(log(1), new Cmd.Spot.Offset(0), Cmd.Program.PAGER));
        play.press(Key.ctrl("e"));
        assertThat(play.commands())
                .containsExactly(new Cmd.FindFile(key(), 990, "line 99", Samples.FOLDER.folder()));
        Cmd.Open open = new Cmd.Open(log(1), new Cmd.Spot.Line(3), Cmd.Program.EDITOR);
        play.send(new Msg.OpenFound(open));
        assertThat(play.commands()).containsExactly(open);
    }

    @Test
    void logsAreMergedAndLetGo() {
        play.type("M");
        assertThat(key().parts())
                .extracting(LogKey.Part::name)
                .containsExactly("task-1", "task-2", "task-3");
        assertThat(Timers.of(play.model()).log()).isTrue();
        play.type("|");
        assertThat(play.toast()).startsWith("a merged log is no file");
        play.show(task(2), task(3));
        assertThat(key().parts()).hasSize(2);
        play.type("M");
        assertThat(key().parts()).isEmpty();
        play.show(task(2)).type("M");
        assertThat(play.toast()).startsWith("it takes two tasks");
        assertThat(key().task()).isEqualTo(new TaskId(2));
    }

    @Test
    void stampsStayForTheNextLog() {
        play.type("#");
        assertThat(pane().reading().stamps()).isTrue();
        play.press(Key.of(Name.TAB)).type("j");
        assertThat(key().task()).isEqualTo(new TaskId(2));
        assertThat(pane().reading().stamps()).isTrue();
    }
}
