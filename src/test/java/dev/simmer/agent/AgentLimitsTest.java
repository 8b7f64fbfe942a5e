package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Command;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends an agent that goes too far, and how what it does is shown. */
class AgentLimitsTest {
    private static final String ID = "bg-1-audit";
    private static final String INIT =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s1\",\"model\":\"m\","
                    + "\"tools\":[\"Read\",\"Bash\"]}";
    private static final String TURN =
            "{\"type\":\"assistant\",\"message\":{\"id\":\"ID\",\"content\":"
                    + "[{\"type\":\"text\",\"text\":\"I look.\"}]}}";
    private static final String RESULT =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,"
                    + "\"result\":\"All is well.\",\"total_cost_usd\":0.5,"
                    + "\"usage\":{\"input_tokens\":5,\"output_tokens\":2}}";
    private static final AgentTiming QUICK =
            AgentTiming.USUAL
                    .lingering(Duration.ofMillis(100), Duration.ofMillis(1500))
                    .silentAfter(Duration.ofMillis(400));

    @TempDir Path folder;

    private Optional<House> house = Optional.empty();

    @BeforeEach
    void build() throws IOException {
        House built = new House(folder, QUICK, TaskStore.NONE);
        built.session();
        house = Optional.of(built);
    }

    private House house() {
        return house.orElseThrow();
    }

    private static String says(String... lines) {
        StringBuilder script = new StringBuilder();
        for (String line : lines) {
            script.append("printf '%s\\n' '").append(line).append("'\n");
        }
        return script.toString();
    }

    private static AgentSpec.Planned limited(String script, AgentSpec.Limits limits) {
        return House.with(House.planned(ID, script), draft -> draft.limits(limits));
    }

    private void failed(TaskView task, String why) throws IOException {
        assertThat(task.phase()).isEqualTo(Phase.FAILED);
        Outcome.AgentEnded outcome = (Outcome.AgentEnded) task.outcome().orElseThrow();
        assertThat(outcome.verdict()).isEqualTo(AgentVerdict.FAILED);
        assertThat(outcome.why()).startsWith(why);
        assertThat(house().reports()).containsExactly(ID + "-partial.md");
        assertThat(house().check(ID + "-partial.md").reasons()).isEmpty();
        assertThat(house().reportText(ID + "-partial.md")).contains(outcome.why());
        assertThat(house().entry(ID)).contains("status: failed");
    }

    @Test
    void turnsThatAreUsedUpEndIt() throws IOException {
        try (House house = house()) {
            String script =
                    says(INIT, TURN.replace("ID", "1"), TURN.replace("ID", "2")) + "exec sleep 600";
            var limits =
                    new AgentSpec.Limits(
                            OptionalInt.of(1), OptionalDouble.empty(), Optional.empty());
            failed(
                    house.run(house.task(limited(script, limits))),
                    "stopped: it had used up its turns (it began turn 2 of 1)");
        }
    }

    @Test
    void budgetThatIsUsedUpEndsIt() throws IOException {
        try (House house = house()) {
            String step =
                    "{\"type\":\"step_finish\",\"sessionID\":\"s\",\"part\":{\"reason\":"
                            + "\"tool-calls\",\"cost\":0.3,\"tokens\":{\"input\":1,\"output\":1}}}";
            var limits =
                    new AgentSpec.Limits(
                            OptionalInt.empty(), OptionalDouble.of(0.5), Optional.empty());
            AgentSpec.Planned planned =
                    House.with(
                            limited(says(step, step) + "exec sleep 600", limits),
                            draft -> draft.runner("opencode"));
            failed(
                    house.run(house.task(planned)),
                    "stopped: it had used up its budget (it has cost $0.60 of $0.50)");
        }
    }

    /** One that says that it may use Bash, and was to read only. */
    private void readerWithAShell(String script) throws IOException {
        try (House house = house()) {
            AgentSpec.Tools reading =
                    new AgentSpec.Tools(Optional.of(Set.of("Read")), Set.of(), false);
            AgentSpec.Planned planned =
                    House.with(
                            House.planned(ID, says(INIT) + script), draft -> draft.tools(reading));
            failed(
                    house.run(house.task(planned)),
                    "its tools are not those that were asked for"
                            + " (it may use what it must not: Bash)");
        }
    }

    @Test
    void toolsThatWereNotAskedForEndIt() throws IOException {
        readerWithAShell("exec sleep 600");
    }

    @Test
    void toolsCountAlsoWhereItEndsTooSoonToBeStopped() throws IOException {
        readerWithAShell(
                says(
                        "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,"
                                + "\"result\":\"Done.\"}"));
    }

    @Test
    void silenceThatIsLimitedEndsIt() throws IOException {
        try (House house = house()) {
            var limits =
                    new AgentSpec.Limits(
                            OptionalInt.empty(),
                            OptionalDouble.empty(),
                            Optional.of(Duration.ofMillis(300)));
            failed(
                    house.run(house.task(limited(says(INIT) + "exec sleep 600", limits))),
                    "stopped: it said nothing for too long (the limit is 0.3s)");
        }
    }

    @Test
    void silenceIsShownAndPassesByItself() throws IOException {
        try (House house = house()) {
            Path go = folder.resolve("go");
            String script =
                    says(INIT) + "until [ -e \"$1\" ]; do sleep 0.05; done\n" + says(TURN, RESULT);
            TaskId id = house.start(house.task(House.planned(ID, script), go.toString()));
            house.await(id, task -> state(task) == AgentRun.State.SILENT);
            Files.createFile(go);
            TaskView task = house.ended(id);
            assertThat(task.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(house.reports()).containsExactly(ID + ".md");
            assertThat(house.reportText(ID + ".md")).contains("All is well.");
            assertThat(task.agent().orElseThrow().costUsd()).hasValue(0.5);
        }
    }

    private static AgentRun.State state(TaskView task) {
        return task.agent().map(AgentRun::state).orElse(AgentRun.State.ENDED);
    }

    @Test
    void programThatDoesNotExitAfterItsEndIsStoppedAndHasCompleted() throws IOException {
        try (House house = house()) {
            String script =
                    says(INIT, TURN, RESULT)
                            + "trap '' TERM\nwhile :; do echo more; sleep 0.05; done\n";
            TaskView task =
                    house.run(
                            house.task(House.planned(ID, script))
                                    .edit()
                                    .stop(new StopPolicy(Signal.TERM, Duration.ofMillis(200)))
                                    .build());
            assertThat(task.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(((Outcome.AgentEnded) task.outcome().orElseThrow()).why())
                    .startsWith("it did not exit after its end and was stopped; it ended in");
            assertThat(house.reports()).containsExactly(ID + ".md");
            assertThat(house.entry(ID)).contains("status: completed");
        }
    }

    @Test
    void programThatLivesOnAfterItsEndIsShownBeforeItIsStopped() throws IOException {
        try (House house = house()) {
            String script = says(INIT, TURN, RESULT) + "exec sleep 600";
            TaskId id = house.start(house.task(House.planned(ID, script)));
            TaskView lingers =
                    house.await(
                            id,
                            task ->
                                    task.phase() == Phase.RUNNING
                                            && state(task) == AgentRun.State.LINGERING);
            assertThat(lingers.agent().orElseThrow().doing()).contains("lives on");
            house.ended(id);
        }
    }

    @Test
    void agentThatIsStoppedLeavesAPartialReport() throws IOException {
        try (House house = house()) {
            TaskId id =
                    house.start(house.task(House.planned(ID, says(INIT, TURN) + "exec sleep 600")));
            house.await(id, task -> task.agent().map(run -> run.turns() == 1).orElse(false));
            house.ask(new Request.Stop(Set.of(id), false));
            TaskView task = house.ended(id);
            assertThat(task.phase()).isEqualTo(Phase.KILLED);
            assertThat(house.reports()).containsExactly(ID + "-partial.md");
            assertThat(house.reportText(ID + "-partial.md"))
                    .contains("I look.", "stopped on request");
            assertThat(Files.readString(task.shownLog().orElseThrow()))
                    .endsWith("\u001b[90mstopped on request\u001b[0m\n");
            assertThat(house.entry(ID)).contains("status: failed");
        }
    }

    @Test
    void timeThatIsUpIsNamed() throws IOException {
        try (House house = house()) {
            TaskView task =
                    house.run(
                            house.task(House.planned(ID, says(INIT) + "exec sleep 600"))
                                    .edit()
                                    .timeout(Duration.ofMillis(500))
                                    .build());
            assertThat(task.phase()).isEqualTo(Phase.TIMED_OUT);
            assertThat(task.agent().orElseThrow().verdict()).contains(AgentVerdict.FAILED);
            assertThat(house.reportText(ID + "-partial.md"))
                    .contains("its time was up", "the limit is 0.5s");
        }
    }

    @Test
    void programThatIsNotThereLeavesAPartialReport() throws IOException {
        try (House house = house()) {
            AgentSpec.Planned planned = House.planned(ID, "exit 0");
            TaskView task =
                    house.run(
                            house.task(planned)
                                    .edit()
                                    .command(new Command.Exec(List.of("no-such-program-here")))
                                    .build());
            assertThat(task.outcome().orElseThrow()).isInstanceOf(Outcome.NotStarted.class);
            assertThat(house.reports()).containsExactly(ID + "-partial.md");
            assertThat(house.reportText(ID + "-partial.md")).contains("could not be started");
            assertThat(house.entry(ID)).contains("status: failed");
        }
    }
}
