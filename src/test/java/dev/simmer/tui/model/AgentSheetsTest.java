package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentRun.State;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Binding.Section;
import dev.simmer.tui.model.Key.Name;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentSheetsTest {
    private static final Path FOLDER = Path.of("/none");
    private static final Path REPORT = Path.of(".agents/reports/r.md");
    private static final TaskView RUNS =
            AgentSamples.task(
                    1,
                    "audit",
                    Phase.RUNNING,
                    FOLDER,
                    AgentSamples.run(State.WORKING, "Bash ls", Samples.NOW, Optional.empty()));
    private static final TaskView OVER =
            AgentSamples.task(2, "review", Phase.SUCCEEDED, FOLDER, ended(true));
    private static final TaskView JOB = Play.task(3, Phase.RUNNING);

    private final Play play = new Play().show(RUNS, OVER, JOB);

    private static AgentRun ended(boolean isolated) {
        return AgentSamples.ended(
                AgentVerdict.COMPLETED,
                Optional.of(REPORT),
                isolated ? Optional.of(AgentSamples.diff(FOLDER, 2)) : Optional.empty(),
                List.of());
    }

    private Path shown() {
        return play.model().log().source().orElseThrow().path();
    }

    private List<String> footer() {
        return Bindings.footer(play.model()).stream().map(Binding::shown).toList();
    }

    @Test
    void transcriptIsShownAndTheStreamOnDemand() {
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 1));
        play.type("o");
        assertThat(shown()).isEqualTo(AgentSamples.raw(FOLDER, 1));
        assertThat(play.commands())
                .singleElement()
                .isInstanceOfSatisfying(
                        Cmd.ReadLog.class,
                        read -> assertThat(read.where()).isEqualTo(new Cmd.Where.Tail()));
        assertThat(play.model().log().follow()).isTrue();
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
        play.type("o");
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 1));
    }

    @Test
    void agentAtWorkBeginsAnewOnlyAfterAQuestion() {
        play.type("r");
        assertThat(play.commands()).isEmpty();
        assertThat(play.model().mode())
                .isInstanceOfSatisfying(
                        Mode.Confirm.class,
                        asked -> assertThat(asked.question()).contains("audit", "restart it"));
        play.type("rx");
        assertThat(play.asked()).as("only the answers count").isEmpty();
        play.type("n");
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
        assertThat(play.asked()).isEmpty();
        play.type("ry");
        assertThat(play.asked()).containsExactly(new Request.Restart(Set.of(RUNS.id())));
        assertThat(play.model().mode()).isEqualTo(new Mode.Normal());
        play.type("jr");
        assertThat(play.asked())
                .as("it has ended")
                .containsExactly(new Request.Restart(Set.of(OVER.id())));
        play.type("jr");
        assertThat(play.asked())
                .as("no agent")
                .containsExactly(new Request.Restart(Set.of(JOB.id())));
    }

    @Test
    void anotherTaskBeginsWithItsTranscript() {
        play.type("oj");
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 2));
        play.type("k");
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 1));
    }

    @Test
    void diffIsReadFromItsTopAndCounted() {
        play.type("j");
        Cmd.MeasureDiff measure =
                new Cmd.MeasureDiff(
                        LogKey.of(OVER, Sheet.DIFF).orElseThrow(), LogKey.of(OVER, Sheet.REPORT));
        assertThat(play.commands()).as("for the pane's rows").contains(measure);
        play.send(new Msg.Clock(Samples.NOW.plusSeconds(1)));
        assertThat(play.commands()).as("once").doesNotContain(measure);
        play.type("d");
        LogKey key = play.model().log().source().orElseThrow();
        assertThat(key.path()).isEqualTo(AgentSamples.diff(FOLDER, 2));
        Cmd read =
                new Cmd.ReadLog(PaneId.FLOATING, key, new Cmd.Where.Around(0), LogUpdate.CHUNK, -1);
        assertThat(play.commands())
                .as("again, as there was no answer")
                .containsExactly(read, measure);
        play.send(new Msg.DiffMeasured(key, new DiffStat(1, 2, 3), Optional.empty())).type("dd");
        assertThat(play.commands()).as("it is known").containsExactly(read);
        assertThat(play.model().sheet()).isEqualTo(Sheet.DIFF);
        assertThat(play.model().log().follow()).isFalse();
        assertThat(play.model().focus()).isEqualTo(Focus.LOG);
        play.press(Key.of(Name.ESCAPE));
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 2));
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
        assertThat(play.model().log().follow()).isTrue();
    }

    @Test
    void keysGoBackToWhereTheyWere() {
        play.type("jvv");
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
        play.type("vdd");
        assertThat(play.model().focus()).as("from sheet to sheet").isEqualTo(Focus.TABLE);
        play.press(Key.of(Name.TAB)).type("d").press(Key.of(Name.ESCAPE));
        assertThat(play.model().focus()).as("the log had them").isEqualTo(Focus.LOG);
        play.type("vv");
        assertThat(play.model().focus()).as("the log had them").isEqualTo(Focus.LOG);
        play.press(Key.of(Name.TAB)).type("v").press(Key.of(Name.TAB)).type("v");
        assertThat(play.model().focus()).as("taken back meanwhile").isEqualTo(Focus.TABLE);
        play.enter().type("vv");
        assertThat(play.model().focus()).as("the log alone").isEqualTo(Focus.LOG);
        play.type("zvz").type("v");
        assertThat(play.model().focus()).as("the log alone").isEqualTo(Focus.LOG);
        play.type("z");
        assertThat(play.model().focus()).as("it had them").isEqualTo(Focus.LOG);
    }

    @Test
    void keysGoBackWhereTheLogWasHidden() {
        play.send(new Msg.Resized(60, 12)).type("o");
        assertThat(play.model().focus()).isEqualTo(Focus.LOG);
        play.type("o");
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
    }

    @Test
    void wayBackIsToldWhereASheetHasTheKeys() {
        assertThat(footer()).doesNotContain("Esc");
        play.type("jd");
        assertThat(footer()).contains("Esc");
        play.press(Key.of(Name.TAB));
        assertThat(footer()).doesNotContain("Esc");
    }

    @Test
    void placeOfKeptChangesIsFoundInTheFrontMatterOnly() {
        String item = "    - \"kept at /w/a \\\"b\\\", c, branch simmer/x-1\"\n";
        String head = "---\nreport:\n  title: \"t\"\n  worktree:\n";
        assertThat(KeptWorktree.inReport(head + item + "---\n# Report\n"))
                .contains(new KeptWorktree("/w/a \"b\", c", "simmer/x-1"));
        assertThat(KeptWorktree.inReport((head + item).replace("\n", "\r\n")))
                .contains(new KeptWorktree("/w/a \"b\", c", "simmer/x-1"));
        assertThat(KeptWorktree.inReport("---\nreport:\n---\n  worktree:\n" + item)).isEmpty();
        assertThat(KeptWorktree.inReport("  worktree:\n" + item)).isEmpty();
        assertThat(KeptWorktree.inReport(head + "    - \"other\"\n" + item)).isEmpty();
        assertThat(KeptWorktree.inReport("")).isEmpty();
    }

    @Test
    void reportLiesInTheWorkspace() {
        play.type("jv");
        assertThat(shown()).isEqualTo(Samples.FOLDER.folder().resolve(REPORT));
        play.type("d");
        assertThat(shown()).isEqualTo(AgentSamples.diff(FOLDER, 2));
        play.type("d");
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 2));
    }

    @Test
    void reportIsWrappedAndLogsAreAsTheyWere() {
        play.type("j").press(Key.of(Name.TAB)).type("v");
        assertThat(play.model().log().wrap()).isTrue();
        play.type("w");
        assertThat(play.model().log().wrap()).isFalse();
        play.type("vw");
        assertThat(play.model().log().wrap()).as("a transcript").isTrue();
        play.type("vww").type("v");
        assertThat(play.model().log().wrap()).as("as it was").isTrue();
    }

    @Test
    void whatIsNotThereIsSaidAndNotShown() {
        play.type("v");
        assertThat(play.toast()).isEqualTo("the report is there when it has ended");
        play.type("d");
        assertThat(play.toast()).contains("has a diff when it has ended");
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 1));
        play.show(AgentSamples.task(2, "review", Phase.SUCCEEDED, FOLDER, ended(false)));
        play.type("d");
        assertThat(play.toast()).startsWith("there is no diff");
    }

    @Test
    void newAttemptTakesTheOldOnesReportAway() {
        play.type("jv").show(RUNS, AgentSamples.doing(OVER, ended(true)), JOB);
        assertThat(play.model().sheet()).isEqualTo(Sheet.REPORT);
        assertThat(play.model().focus()).isEqualTo(Focus.LOG);
        AgentRun again = AgentSamples.starting(Samples.NOW);
        play.show(RUNS, AgentSamples.task(2, "review", Phase.RUNNING, FOLDER, again), JOB);
        assertThat(shown()).isEqualTo(AgentSamples.transcript(FOLDER, 2));
        assertThat(play.model().log().follow()).isTrue();
        assertThat(play.model().focus()).isEqualTo(Focus.TABLE);
        play.show(RUNS, OVER, JOB);
        assertThat(play.model().sheet()).isEqualTo(Sheet.OUTPUT);
    }

    @Test
    void keysAreToldWhereTheyWork() {
        assertThat(footer()).contains("o").doesNotContain("d", "v");
        assertThat(Bindings.helped(play.model())).contains(Section.AGENT);
        play.type("j");
        assertThat(footer()).contains("o", "d", "v");
        play.type("j");
        assertThat(footer()).doesNotContain("o", "d", "v");
        assertThat(Bindings.helped(play.model())).doesNotContain(Section.AGENT);
        play.type("odv");
        assertThat(play.model().sheet()).isEqualTo(Sheet.OUTPUT);
        assertThat(play.toast()).isEmpty();
    }

    @Test
    void helpFitsIntoEightyColumns() {
        for (Binding binding : Bindings.DEFAULTS) {
            boolean left = binding.section() == Section.TASKS || binding.section() == Section.LOG;
            assertThat(binding.help()).hasSizeLessThanOrEqualTo(left ? 30 : 28);
            boolean listed = !binding.help().isEmpty();
            assertThat(listed ? binding.shown() : "").hasSizeLessThanOrEqualTo(7);
        }
    }

    @Test
    void clockGoesOnWhileAnAgentsWordsCount() {
        play.enter();
        assertThat(Timers.of(play.model()).clock()).isTrue();
        play.show(OVER);
        assertThat(Timers.of(play.model()).clock()).isFalse();
    }

    @Test
    void countOfAnotherDiffIsNotTaken() {
        play.type("jd");
        LogKey key = play.model().log().source().orElseThrow();
        DiffStat stat = new DiffStat(1, 2, 3);
        play.send(new Msg.DiffMeasured(key, stat, Optional.empty()));
        assertThat(play.model().measured(OVER))
                .contains(new Model.DiffSeen(key, stat, Optional.empty()));
        assertThat(play.model().measured(RUNS)).isEmpty();
    }
}
