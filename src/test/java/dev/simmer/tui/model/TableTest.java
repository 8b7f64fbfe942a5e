package dev.simmer.tui.model;

import static dev.simmer.tui.model.Play.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Order, groups, marks and columns of the table. */
class TableTest {
    private final Play play = new Play();

    private List<Long> ids() {
        return play.model().table().rows().stream().map(task -> task.id().value()).toList();
    }

    /** The lines as words: a group's title with its count, a task's number. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TableLine line : play.model().table().lines()) {
            lines.add(
                    switch (line) {
                        case TableLine.Task(TaskView task) -> task.id().toString();
                        case TableLine.Heading heading ->
                                (heading.folded() ? "+" : "-")
                                        + heading.title()
                                        + " "
                                        + heading.tasks();
                    });
        }
        return lines;
    }

    private static TaskView using(long id, double cpu) {
        return Samples.using(cpu, Samples.mib(100), task(id, Phase.RUNNING));
    }

    private void sortBy(Column column) {
        for (int i = 0; i < 60 && play.model().table().choice().sort() != column; i++) {
            play.type("S");
        }
        assertThat(play.model().table().choice().sort()).isEqualTo(column);
    }

    @Test
    void sortsByEachColumnBothWays() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.RUNNING), task(10, Phase.RUNNING));
        play.type("S");
        assertThat(ids()).containsExactly(10L, 2L, 1L);
        sortBy(Column.NAME);
        assertThat(ids()).as("task-10 after task-2").containsExactly(1L, 2L, 10L);
        play.type("S");
        assertThat(ids()).containsExactly(10L, 2L, 1L);
        sortBy(Column.ID);
        assertThat(ids()).as("all the way round").containsExactly(1L, 2L, 10L);
    }

    @Test
    void rowsThatAreNearlyEqualKeepTheirPlaces() {
        play.show(using(1, 0.50), using(2, 0.60), using(3, 0.10));
        sortBy(Column.CPU);
        assertThat(ids()).containsExactly(2L, 1L, 3L);
        play.show(using(1, 0.58), using(2, 0.56), using(3, 0.10));
        assertThat(ids()).as("not worth a place").containsExactly(2L, 1L, 3L);
        play.show(using(1, 0.62), using(2, 0.20), using(3, 0.10));
        assertThat(ids()).containsExactly(1L, 2L, 3L);
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(1));
    }

    @Test
    void nothingChangesItsPlaceWhileSomebodyMoves() {
        play.show(using(1, 0.50), using(2, 0.90));
        sortBy(Column.CPU);
        play.type("g");
        play.show(using(1, 2.00), using(2, 0.10), using(3, 1.00));
        assertThat(ids()).as("only what is new finds a place").containsExactly(3L, 2L, 1L);
        play.send(new Msg.Clock(Samples.NOW.plusSeconds(4)));
        play.show(using(1, 2.00), using(2, 0.10), using(3, 1.00));
        assertThat(ids()).containsExactly(1L, 3L, 2L);
    }

    @Test
    void whatHasNothingInTheColumnComesLast() {
        play.show(task(1, Phase.FAILED), using(2, 0.1), using(3, 0.9));
        sortBy(Column.CPU);
        assertThat(ids()).containsExactly(3L, 2L, 1L);
        play.type("S");
        assertThat(ids()).containsExactly(2L, 3L, 1L);
    }

    @Test
    void groupsByStateAndFolds() {
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.RUNNING), task(3, Phase.FAILED));
        play.type("b");
        assertThat(lines()).containsExactly("-running 1", "2", "-failed 1", "3", "-ended 1", "1");
        assertThat(play.model().selected()).contains(task(1, Phase.SUCCEEDED));
        play.press(Key.of(Name.LEFT));
        assertThat(lines()).endsWith("3", "+ended 1");
        assertThat(play.model().table().heading()).isPresent();
        assertThat(play.model().selected()).isEmpty();
        play.type("x");
        assertThat(play.asked()).as("a heading is no task").isEmpty();
        play.enter();
        assertThat(lines()).endsWith("-ended 1", "1");
        play.press(Key.of(Name.LEFT)).press(Key.of(Name.RIGHT));
        assertThat(lines()).endsWith("-ended 1", "1");
        play.type("bbb");
        assertThat(lines()).as("by nothing, then by state").hasSizeGreaterThan(3);
    }

    @Test
    void aTaskThatComesIntoAFoldedGroupTakesTheCursorToItsHeading() {
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.RUNNING)).type("b");
        play.press(Key.of(Name.LEFT)).type("g").press(Key.of(Name.DOWN));
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(2));
        play.show(task(1, Phase.SUCCEEDED), task(2, Phase.SUCCEEDED));
        assertThat(lines()).containsExactly("+ended 2");
        assertThat(play.model().table().heading()).isPresent();
    }

    @Test
    void aFilterLeadsFromATaskToATask() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.FAILED), task(3, Phase.SUCCEEDED));
        play.type("b").type("/state:failed");
        assertThat(lines()).containsExactly("-failed 1", "2");
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(2));
    }

    @Test
    void theCursorComesBackFromAFilterThatIsGivenUp() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.FAILED), task(3, Phase.FAILED));
        play.type("/state:failed");
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(2));
        play.press(Key.of(Name.ESCAPE));
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(1));
        play.type("/state:failed").enter().press(Key.of(Name.ESCAPE));
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(2));
    }

    @Test
    void theHeadingOfTheFirstGroupComesBackIntoSight() {
        TaskView[] many = new TaskView[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = task(i + 1, Phase.RUNNING);
        }
        play.show(many).type("b").type("G").type("g").press(Key.of(Name.DOWN));
        assertThat(play.model().table().top()).isZero();
        play.type("Ggj");
        play.send(new Msg.Wheeled(5, 8, 4)).send(new Msg.Wheeled(5, 8, -4));
        assertThat(play.model().table().top()).isZero();
        play.send(new Msg.Wheeled(5, 8, 1));
        assertThat(play.model().table().top()).isEqualTo(3);
    }

    @Test
    void groupsByTheFilesGroupsAndByNames() {
        TaskView check = Samples.task(1, "e2e", dev.simmer.model.Kind.JOB, Phase.FAILED, "", LOG);
        TaskView batch =
                Samples.task(2, "lint[1]", dev.simmer.model.Kind.JOB, Phase.FAILED, "", LOG);
        TaskView script =
                Samples.task(3, "test:unit", dev.simmer.model.Kind.JOB, Phase.FAILED, "", LOG);
        play.show(check, batch, script, task(4, Phase.RUNNING)).type("bb");
        assertThat(lines())
                .containsExactly("-ci 1", "1", "-lint 1", "2", "-test 1", "3", "-no group 1", "4");
    }

    private static final java.nio.file.Path LOG = java.nio.file.Path.of("/none");

    @Test
    void marksAreActedOnTogether() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.FAILED), task(3, Phase.RUNNING));
        play.type("  j");
        assertThat(play.model().table().marked()).containsExactly(new TaskId(1), new TaskId(2));
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(3));
        play.type("x");
        assertThat(play.asked()).containsExactly(new Request.Stop(Set.of(new TaskId(1)), false));
        play.type("r");
        assertThat(play.asked())
                .containsExactly(new Request.Restart(Set.of(new TaskId(1), new TaskId(2))));
        play.type("p");
        assertThat(play.asked()).containsExactly(new Request.Pause(Set.of(new TaskId(1))));
        play.press(Key.of(Name.ESCAPE));
        assertThat(play.model().table().marked()).isEmpty();
        play.type("*");
        assertThat(play.model().table().marked()).hasSize(3);
        play.show(task(1, Phase.SUCCEEDED), task(3, Phase.SUCCEEDED));
        assertThat(play.model().table().marked()).as("one has gone").hasSize(2);
        play.type("x");
        assertThat(play.asked()).isEmpty();
        assertThat(play.toast()).contains("none of the 2");
        play.type("*");
        assertThat(play.model().table().marked()).isEmpty();
    }

    @Test
    void marksThatTheFilterHidesAreLeftAlone() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.RUNNING), task(3, Phase.RUNNING));
        play.type("  /task-3").enter().type("r");
        assertThat(play.asked()).isEmpty();
        assertThat(play.toast()).contains("the filter hides all 2 marked tasks", "Esc");
        play.type("c");
        assertThat(play.toast()).contains("the filter hides all 2");
        play.type(" x");
        assertThat(play.asked()).containsExactly(new Request.Stop(Set.of(new TaskId(3)), false));
        play.type("/").press(Key.of(Name.ESCAPE)).type("x");
        assertThat(play.asked()).as("all are seen again").hasSize(1);
        assertThat(play.asked().getFirst()).isInstanceOf(Request.Stop.class);
        assertThat(((Request.Stop) play.asked().getFirst()).ids()).hasSize(3);
    }

    @Test
    void aFoldedGroupIsShownByItsHeading() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.RUNNING), task(3, Phase.FAILED));
        play.type("bg").type(" ").press(Key.of(Name.LEFT)).type("x");
        assertThat(play.asked())
                .containsExactly(new Request.Stop(Set.of(new TaskId(1), new TaskId(2)), false));
    }

    @Test
    void aClickOnAHeadingSortsAndOnAGroupFolds() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.FAILED));
        Rect box = play.model().layout().table().orElseThrow();
        PlacedColumns columns = PlacedColumns.of(play.model(), box.width() - 4);
        int name =
                columns.columns().stream()
                        .filter(each -> each.column() == Column.NAME)
                        .mapToInt(PlacedColumns.Placed::at)
                        .sum();
        play.send(new Msg.Clicked(box.x() + 2 + name, box.y() + 1));
        play.send(new Msg.Clicked(box.x() + 2 + name, box.y() + 1));
        assertThat(ids()).containsExactly(2L, 1L);
        play.type("b").send(new Msg.Clicked(box.x() + 4, box.y() + 2));
        assertThat(lines()).containsExactly("+running 1", "-failed 1", "2");
    }

    @Test
    void columnsAreHiddenMovedAndReset() {
        play.show(task(1, Phase.RUNNING)).type("C");
        assertThat(play.model().mode()).isInstanceOf(Mode.Columns.class);
        int name = Column.ALL.indexOf(Column.NAME);
        int cpu = Column.ALL.indexOf(Column.CPU);
        play.type("j".repeat(cpu - name)).type(" ");
        assertThat(shown()).doesNotContain(Column.CPU);
        play.type(" ");
        assertThat(play.model().table().choice().columns()).containsEntry(Column.CPU, true);
        play.type("<".repeat(9));
        assertThat(play.model().table().choice().order().getFirst()).isEqualTo(Column.CPU);
        assertThat(shown().getFirst()).isEqualTo(Column.CPU);
        play.type("0q");
        assertThat(play.model().table().choice().order()).isEqualTo(Column.ALL);
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
    }

    private List<Column> shown() {
        return PlacedColumns.of(play.model(), 76).columns().stream()
                .map(PlacedColumns.Placed::column)
                .toList();
    }

    @Test
    void columnsAreGivenUpInTheirOrderAndChosenOnesLast() {
        play.show(task(1, Phase.RUNNING));
        TableChoice kind = TableChoice.DEFAULT.toggled(Column.KIND).toggled(Column.KIND);
        for (int width = 30; width < 200; width++) {
            PlacedColumns columns = PlacedColumns.of(play.model(), width);
            PlacedColumns.Placed last = columns.columns().getLast();
            assertThat(last.at() + last.width()).as("%s", width).isLessThanOrEqualTo(width);
            assertThat(columns.width(Column.CPU) == 0 || columns.width(Column.MEMORY) > 0).isTrue();
            assertThat(columns.width(Column.KIND) == 0 || columns.width(Column.TIME) > 0).isTrue();
        }
        assertThat(PlacedColumns.of(50, play.model().scope(), kind).width(Column.KIND))
                .isPositive();
        assertThat(
                        PlacedColumns.of(50, play.model().scope(), TableChoice.DEFAULT)
                                .width(Column.KIND))
                .isZero();
    }

    @Test
    void theChoiceIsRememberedInWords() {
        TableChoice choice =
                TableChoice.DEFAULT
                        .sorted(Column.MEMORY)
                        .grouped(Grouping.GROUP)
                        .folded("group:ci", true)
                        .toggled(Column.KIND)
                        .moved(Column.STATE, -3);
        Map<String, List<String>> words = new TreeMap<>();
        TableWords.write(choice, words);
        assertThat(TableWords.read(new Remembered(words))).isEqualTo(choice);
        assertThat(TableWords.read(Remembered.NOTHING)).isEqualTo(TableChoice.DEFAULT);
        Map<String, List<String>> strange =
                Map.of("sort", List.of("activity", "x"), "columns", List.of("nothing", "id", "id"));
        assertThat(TableWords.read(new Remembered(strange)).order()).hasSize(Column.ALL.size());
    }
}
