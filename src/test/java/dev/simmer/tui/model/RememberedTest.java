package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static TaskView task(long id) {
        return Samples.task(id, "task-" + id, Kind.JOB, Phase.RUNNING, "", Path.of("/none/" + id));
    }

    @Test
    void dashboardIsAsItWas() {
        Play play = new Play().send(new Msg.Resized(160, 45)).show(task(1), task(2), task(3));
        play.type("PjPjP").type("2P").type("L").type(">>>").press(Key.of(Key.Name.TAB)).type("z");
        Remembered kept = Remembered.of(play.model());
        Model fresh = Model.opening(Samples.place(), 160, 45, List.of("dark"), "dark");
        Model restored = kept.restored(fresh);
        assertThat(restored.zoomed()).as("the whole is seen first").isFalse();
        assertThat(Remembered.of(restored)).isEqualTo(kept);
        Model after =
                Update.update(
                                restored,
                                new Msg.SnapshotChanged(
                                        Samples.snapshot(List.of(task(7), task(1), task(3)))))
                        .model();
        assertThat(after.panes().pinned())
                .extracting(Pane::name)
                .containsExactly("task-1", "task-3");
        assertThat(after.panes().find(PaneId.SECOND)).as("its number stays free").isEmpty();
        assertThat(after.layout().divider()).isEqualTo(unzoomed(play).layout().divider());
    }

    private static Model unzoomed(Play play) {
        return play.type("z").model();
    }

    @Test
    void tableIsArrangedAsItWas() {
        Play play = new Play().send(new Msg.Resized(160, 45)).show(task(1), task(2), task(3));
        TableChoice choice =
                TableChoice.DEFAULT
                        .sorted(Column.MEMORY)
                        .grouped(Grouping.STATE)
                        .folded("running", true)
                        .toggled(Column.CPU)
                        .moved(Column.TIME, -2);
        Model arranged = TableUpdate.arranged(play.model(), choice);
        Remembered kept = Remembered.of(arranged);
        Model fresh = Model.opening(Samples.place(), 160, 45, List.of("dark"), "dark");
        assertThat(kept.restored(fresh).table().choice()).isEqualTo(choice);
        Map<String, List<String>> other = new TreeMap<>(kept.entries());
        other.put("sort", List.of("activity"));
        other.put("group-by", List.of("mood"));
        other.put("columns", List.of("time", "weather", "time"));
        TableChoice read = new Remembered(other).restored(fresh).table().choice();
        assertThat(read.sort()).isEqualTo(Column.ID);
        assertThat(read.grouping()).isEqualTo(Grouping.NOTHING);
        assertThat(read.order()).containsExactlyInAnyOrderElementsOf(Column.ALL);
    }

    @Test
    void strangersLogsAreNotRemembered() {
        WorkspaceId other = new WorkspaceId(Path.of("/home/ada/blog"));
        Play play = new Play().show(task(1), Samples.in(other, "", task(2)));
        play.type("WPjP");
        assertThat(play.model().panes().pinned()).hasSize(2);
        assertThat(Remembered.of(play.model()).words("pinned")).containsExactly("task-1");
    }

    @Test
    void renamedTaskIsRememberedByItsNewName() {
        Play play = new Play().show(task(1)).type("P");
        TaskView renamed =
                Samples.task(1, "new name", Kind.JOB, Phase.RUNNING, "", Path.of("/none/1"));
        play.show(renamed);
        assertThat(Remembered.of(play.model()).words("pinned")).containsExactly("new name");
    }

    @Test
    void nonsenseChangesNothing() {
        Model fresh = Model.opening(Samples.place(), 80, 24, List.of("dark"), "dark");
        Remembered nonsense =
                new Remembered(
                        Map.of(
                                "layout", List.of("round", "beside"),
                                "table-columns", List.of("-5"),
                                "table-rows", List.of("99999"),
                                "log-rows", List.of("٣"),
                                "log-columns", List.of(""),
                                "pinned", List.of("", " ", "", "", "fifth")));
        assertThat(nonsense.restored(fresh)).isEqualTo(fresh);
    }

    @Test
    void tooMuchIsLeftOut() {
        List<String> many = Collections.nCopies(1_000, "x");
        List<String> wide = List.of("x".repeat(10_000));
        assertThat(new Remembered(Map.of("many", many, "wide", wide, "good", List.of("x"))))
                .isEqualTo(new Remembered(Map.of("good", List.of("x"))));
    }
}
