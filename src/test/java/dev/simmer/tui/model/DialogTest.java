package dev.simmer.tui.model;

import static dev.simmer.tui.model.Play.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Command;
import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskSpec;
import dev.simmer.tui.model.Key.Name;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DialogTest {
    private static final Key TAB = Key.of(Name.TAB);
    private final Play play = new Play();

    @BeforeEach
    void tasks() {
        play.show(task(1, Phase.RUNNING), task(2, Phase.READY));
    }

    private Dialog dialog() {
        return ((Mode.Filling) play.model().mode()).dialog();
    }

    private List<Inquiry> looked() {
        return play.commands().stream()
                .filter(Cmd.LookUp.class::isInstance)
                .map(command -> ((Cmd.LookUp) command).inquiry())
                .toList();
    }

    private TaskSpec spawned() {
        return ((Request.Spawn) play.asked().getFirst()).tasks().getFirst();
    }

    @Test
    void tabInThePromptShowsTheOtherFieldsAndEnterRuns() {
        play.type("nmake all").press(TAB);
        assertThat(dialog().field().label()).isEqualTo("folder");
        play.type("web").press(TAB).type("suite").press(TAB).type("1.5G").press(TAB);
        play.type("2:ready").press(TAB).press(Key.typed(" ")).enter();
        TaskSpec spec = spawned();
        assertThat(spec.name()).isEqualTo("suite");
        assertThat(spec.command()).isEqualTo(new Command.Shell("make all"));
        assertThat(spec.cwd()).isEqualTo(Samples.FOLDER.folder().resolve("web"));
        assertThat(spec.needs()).containsExactly(new Need("task-2", Need.Condition.READY));
        assertThat(spec.heavy()).contains(true);
        assertThat(play.model().history()).containsExactly("make all");
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
    }

    @Test
    void wrongFieldsAreToldAndNothingIsLost() {
        play.type("nmake all").press(TAB).press(TAB).press(TAB).type("lots").enter();
        assertThat(dialog().wrong().orElseThrow()).startsWith("lots is no amount of memory");
        assertThat(play.asked()).isEmpty();
        play.press(Key.ctrl("u")).press(TAB).type("nobody").enter();
        assertThat(dialog().wrong()).contains("there is no task nobody that it could need");
        play.press(Key.ctrl("u")).press(Key.of(Name.BACK_TAB)).enter();
        assertThat(spawned().command()).isEqualTo(new Command.Shell("make all"));
    }

    @Test
    void commandsAreCompletedFromHistoryProjectAndPrograms() {
        play.type("n");
        assertThat(looked()).containsExactly(new Inquiry.Commands());
        play.send(
                new Msg.LookedUp(
                        new Findings.Commands(
                                List.of(new Findings.Offer("npm run dev", "package.json")),
                                List.of("make", "npm"))));
        play.type("ma");
        assertThat(Offers.commands(play.model(), "ma"))
                .extracting(Offers.Offer::line)
                .containsExactly("make");
        play.press(TAB);
        assertThat(play.model().mode()).isEqualTo(new Mode.Spawn(LineEdit.of("make"), 0));
        play.press(Key.ctrl("u")).type("npm").press(TAB);
        assertThat(play.model().mode()).isEqualTo(new Mode.Spawn(LineEdit.of("npm run dev"), 0));
        play.enter().type("nn").press(TAB);
        assertThat(play.model().mode())
                .as("history comes first")
                .isEqualTo(new Mode.Spawn(LineEdit.of("npm run dev"), 0));
    }

    @Test
    void pathsAreAskedForAFolderAtATime() {
        play.type("ncat src/");
        assertThat(looked()).containsExactly(new Inquiry.Files("src/"));
        play.send(new Msg.LookedUp(new Findings.Files("src/", List.of("main/", "main.c", "x"))));
        play.type("mai");
        assertThat(looked()).isEmpty();
        assertThat(Offers.commands(play.model(), "cat src/mai"))
                .extracting(Offers.Offer::line)
                .containsExactly("cat src/main/", "cat src/main.c");
    }

    private void agents() {
        play.type("a");
        assertThat(looked()).containsExactly(new Inquiry.Agents());
        play.send(
                new Msg.LookedUp(
                        new Findings.Agents(
                                List.of(new Findings.Offer("explorer", "looks around")),
                                List.of(".agents/sessions/one.md"))));
    }

    private static AgentOrder order(Optional<Boolean> worktree) {
        return new AgentOrder(
                "explorer",
                "look\nwell",
                List.of(),
                Optional.of(".agents/sessions/one.md"),
                worktree,
                List.of(),
                OptionalLong.empty());
    }

    /** An agent whose dialog is filled in, as far as the isolation. */
    private void filled() {
        agents();
        play.type("exp").press(TAB);
        play.send(new Msg.Pasted("look\nwell\n")).press(TAB).press(TAB);
        play.press(Key.of(Name.DOWN)).enter().press(TAB);
    }

    private static Findings.Planned planned(Inquiry.Plan plan) {
        TaskSpec task =
                TaskSpec.named("explorer", Samples.FOLDER, new Command.Shell("claude -p"))
                        .cwd(Path.of("/home/ada/shop"))
                        .build();
        return new Findings.Planned(plan, task, ".agents/reports/x.md", "claude -p", List.of());
    }

    @Test
    void agentIsPlannedAsItIsFilledInAndRunByEnter() {
        filled();
        Inquiry.Plan shown = new Inquiry.Plan(order(Optional.empty()), false);
        assertThat(looked()).containsExactly(shown);
        play.send(new Msg.LookedUp(planned(shown)));
        assertThat(dialog().plan().orElseThrow().command()).isEqualTo("claude -p");
        play.press(Key.of(Name.RIGHT)).enter();
        Inquiry.Plan now = new Inquiry.Plan(order(Optional.of(false)), true);
        assertThat(looked()).containsExactly(now);
        play.enter();
        assertThat(play.commands()).as("once is enough").isEmpty();
        play.send(new Msg.LookedUp(planned(now)));
        assertThat(spawned()).isEqualTo(planned(now).task());
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
    }

    @Test
    void refusedPlanIsToldAndNothingIsLost() {
        filled();
        play.enter();
        Inquiry.Plan now = new Inquiry.Plan(order(Optional.empty()), true);
        play.send(new Msg.LookedUp(new Findings.Refused(now, "claude is not on PATH")));
        assertThat(dialog().wrong()).contains("claude is not on PATH");
        assertThat(dialog().text("task")).isEqualTo("look\nwell");
        play.press(Key.of(Name.ESCAPE)).type("a");
        assertThat(dialog().text("task")).as("kept for the next time").isEqualTo("look\nwell");
    }

    @Test
    void agentWithoutATaskIsNotAskedFor() {
        agents();
        play.type("explorer").enter();
        assertThat(dialog().wrong()).contains("say what it is to do");
        assertThat(play.commands()).isEmpty();
    }

    @Test
    void tabAlwaysGoesOnAndTakesADefinitionThatIsBegun() {
        agents();
        play.type("exp").press(TAB).type("look");
        assertThat(dialog().text("definition")).isEqualTo("explorer");
        assertThat(dialog().text("task")).isEqualTo("look");
        play.press(Key.of(Name.BACK_TAB)).press(Key.ctrl("u")).type("zzz").press(TAB);
        assertThat(dialog().text("definition")).isEqualTo("zzz");
        assertThat(dialog().at()).isEqualTo(1);
    }

    @Test
    void theArrowToTheRightTakesWhatIsOfferedAndStays() {
        agents();
        play.type("exp").press(Key.of(Name.RIGHT));
        assertThat(dialog().text("definition")).isEqualTo("explorer");
        assertThat(dialog().at()).isZero();
    }

    @Test
    void aDefinitionThatIsNotThereIsDoubtedWithTheNearest() {
        agents();
        play.type("exlporer");
        assertThat(Offers.doubt(play.model(), dialog().field()).orElseThrow())
                .contains("did you mean explorer?");
        play.press(Key.ctrl("u")).type("explorer");
        assertThat(Offers.doubt(play.model(), dialog().field())).isEmpty();
    }

    @Test
    void taskIsWrittenInTheEditor() {
        agents();
        play.type("explorer").press(TAB).type("look").press(Key.ctrl("e"));
        assertThat(play.commands()).containsExactly(new Cmd.Edit("look"));
        play.send(new Msg.Edited("look\nwell\n\n", Optional.empty()));
        assertThat(dialog().text("task")).isEqualTo("look\nwell");
        play.send(new Msg.Edited("gone", Optional.of("there is no editor")));
        assertThat(dialog().text("task")).isEqualTo("look\nwell");
        assertThat(dialog().wrong()).contains("there is no editor");
    }

    @Test
    void closedDialogTakesNoAnswer() {
        filled();
        play.enter().press(Key.of(Name.ESCAPE));
        play.send(new Msg.LookedUp(planned(new Inquiry.Plan(order(Optional.empty()), true))));
        assertThat(play.asked()).isEmpty();
    }
}
