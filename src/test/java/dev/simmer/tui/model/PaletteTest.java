package dev.simmer.tui.model;

import static dev.simmer.tui.model.Play.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.tui.model.Key.Name;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaletteTest {
    private final Play play = new Play();

    private Mode.Palette palette() {
        return (Mode.Palette) play.model().mode();
    }

    private List<Palette.Entry> entries() {
        return Palette.entries(play.model(), palette().line().text());
    }

    private Play open() {
        return play.press(Key.ctrl("p"));
    }

    @Test
    void everyActionThatWorksIsThereWithItsKey() {
        play.show(task(1, Phase.RUNNING));
        open();
        Set<Action> missing = EnumSet.noneOf(Action.class);
        for (Binding binding : play.model().keymap().bindings()) {
            if (binding.where().contains(Context.TABLE)
                    && binding.section() != Binding.Section.MOVING
                    && !binding.help().isEmpty()
                    && Bindings.worksNow(play.model(), binding.action())
                    && entries().stream()
                            .noneMatch(each ->
                                    each.action().equals(Optional.of(binding.action()))
                                            && each.key().equals(binding.shown()))) {
                missing.add(binding.action());
            }
        }
        missing.removeAll(EnumSet.of(Action.PALETTE, Action.BACK));
        assertThat(missing).isEmpty();
        assertThat(entries()).noneMatch(each -> each.action().equals(Optional.of(Action.START)));
    }

    @Test
    void chosenActionIsDoneAndComesFirstNextTime() {
        play.show(task(1, Phase.RUNNING)).press(Key.typed(":"));
        play.type("kill").enter();
        assertThat(play.asked()).containsExactly(new Request.Stop(Set.of(new TaskId(1)), true));
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
        open();
        assertThat(entries().getFirst().action()).contains(Action.KILL);
    }

    @Test
    void actionOfTheLogTakesTheFocusThere() {
        play.show(task(1, Phase.RUNNING));
        open().type("search");
        assertThat(entries().getFirst().action()).contains(Action.SEARCH);
        play.enter();
        assertThat(play.model().mode()).isInstanceOf(Mode.Search.class);
        assertThat(play.model().focus()).isEqualTo(Focus.LOG);
    }

    @Test
    void actionsAreFoundByNameAndByBeginningsOfWords() {
        play.show(task(1, Phase.RUNNING));
        open().type("ren");
        assertThat(entries())
                .extracting(each -> each.action().orElseThrow())
                .containsExactly(Action.RENAME);
        assertThat(entries().getFirst().text()).as("nothing is said twice").isEqualTo("rename");
        play.press(Key.ctrl("u")).type("restart");
        assertThat(entries().getFirst().text()).isEqualTo("restart");
        play.press(Key.ctrl("u")).type("goes on");
        assertThat(entries()).extracting(each -> each.action().orElseThrow()).contains(Action.QUIT);
    }

    @Test
    void commandTakesIdOrName() {
        play.show(task(1, Phase.RUNNING), task(12, Phase.RUNNING));
        open().type("/kill 1").enter();
        assertThat(play.asked()).containsExactly(new Request.Stop(Set.of(new TaskId(1)), true));
        open().type("/restart task-12").enter();
        assertThat(play.asked()).containsExactly(new Request.Restart(Set.of(new TaskId(12))));
        open().type("/rename 12 suite two").enter();
        assertThat(play.asked()).containsExactly(new Request.Rename(new TaskId(12), "suite two"));
        open().type("/rename 13 is a name").enter();
        assertThat(play.asked()).containsExactly(new Request.Rename(new TaskId(1), "13 is a name"));
        open().type("/logs 12").enter();
        assertThat(play.model().zoomed()).isTrue();
        assertThat(play.model().selected().orElseThrow().id()).isEqualTo(new TaskId(12));
        open().type("/tasks").enter();
        assertThat(play.model().zoomed()).isFalse();
    }

    @Test
    void wrongCommandIsToldAndKept() {
        play.show(task(1, Phase.RUNNING));
        open().type("/kill webb").enter();
        assertThat(palette().wrong()).contains("there is no task webb here");
        assertThat(palette().line().text()).isEqualTo("/kill webb");
        assertThat(play.commands()).isEmpty();
        play.type("2");
        assertThat(palette().wrong()).as("typing on takes it away").isEmpty();
        play.press(Key.ctrl("u")).type("zzz").enter();
        assertThat(palette().wrong().orElseThrow()).startsWith("there is no such action now");
        play.press(Key.of(Name.ESCAPE));
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
    }

    @Test
    void tabCompletesCommandsAndTasks() {
        play.show(task(7, Phase.RUNNING));
        open().type("/ki").press(Key.of(Name.TAB));
        assertThat(palette().line().text()).isEqualTo("/kill ");
        play.type("task").press(Key.of(Name.TAB));
        assertThat(palette().line().text()).isEqualTo("/kill 7");
        play.enter();
        assertThat(play.asked()).containsExactly(new Request.Stop(Set.of(new TaskId(7)), true));
    }

    @Test
    void nameOfACommandAloneWaitsForWhatItTakes() {
        play.show(task(7, Phase.RUNNING));
        open().type("/kill").enter();
        assertThat(palette().line().text()).isEqualTo("/kill ");
        play.enter();
        assertThat(play.asked()).as("Enter takes the task that is offered").hasSize(1);
    }

    @Test
    void historyComesBack() {
        play.show(task(7, Phase.RUNNING));
        open().type("/stats").enter();
        assertThat(play.model().mode()).isInstanceOf(Mode.Stats.class);
        play.press(Key.of(Name.ESCAPE));
        open().type("/theme auto").enter();
        assertThat(play.model().appearance().chosen()).isEqualTo("auto");
        open().press(Key.of(Name.UP));
        assertThat(palette().line().text()).isEqualTo("/theme auto");
        play.press(Key.of(Name.UP));
        assertThat(palette().line().text()).isEqualTo("/stats");
        play.press(Key.of(Name.DOWN)).press(Key.of(Name.DOWN));
        assertThat(palette().line().text()).isEmpty();
    }

    @Test
    void sortsByAColumn() {
        play.show(task(7, Phase.RUNNING));
        open().type("/sort memory").enter();
        assertThat(play.model().table().choice().sort()).isEqualTo(Column.MEMORY);
        open().type("/sort nothing").enter();
        assertThat(palette().wrong()).contains("nothing is sorted by nothing");
    }

    @Test
    void spawnsACommand() {
        play.show(task(7, Phase.RUNNING));
        open().type("/spawn make test").enter();
        assertThat(play.asked().getFirst()).isInstanceOf(Request.Spawn.class);
        assertThat(play.model().history()).containsExactly("make test");
    }
}
