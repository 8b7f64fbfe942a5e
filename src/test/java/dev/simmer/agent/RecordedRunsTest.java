package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.stream.RecordedRuns;
import dev.simmer.model.AgentRun;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Programs that print what real ones printed, run as agents from their start to their report. */
class RecordedRunsTest {
    @TempDir Path folder;

    /** Without the tools for starting agents, which were not denied to those that were recorded. */
    private static final String REPLAY =
            """
            cat "$1.stderr" >&2
            sed -e 's/"Task",//' -e 's/"Workflow",//' "$1.ndjson"
            exit "$2"
            """;

    @TestFactory
    List<DynamicTest> recordedRunIsSettledAsItIs() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (House house = new House(folder)) {
            house.session();
            List<TaskSpec> specs = new ArrayList<>();
            for (RecordedRuns.Row row : RecordedRuns.TABLE) {
                String program = row.name().substring(0, row.name().indexOf('-'));
                specs.add(
                        house.task(
                                House.with(
                                        House.planned(row.name(), REPLAY),
                                        draft -> draft.runner(program)),
                                RecordedRuns.folder().resolve(row.name()).toString(),
                                Integer.toString(((ExitStatus.Code) row.exit()).value())));
            }
            List<TaskId> ids = house.start(specs);
            Map<RecordedRuns.Row, TaskView> ended = new LinkedHashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                ended.put(RecordedRuns.TABLE.get(i), house.ended(ids.get(i)));
            }
            assertThat(house.reports()).hasSize(RecordedRuns.TABLE.size());
            for (Map.Entry<RecordedRuns.Row, TaskView> each : ended.entrySet()) {
                tests.add(
                        DynamicTest.dynamicTest(
                                each.getKey().name(),
                                () -> check(each.getKey(), each.getValue(), house)));
            }
        }
        return tests;
    }

    private static void check(RecordedRuns.Row row, TaskView task, House house) throws IOException {
        assertThat(task.outcome().orElseThrow())
                .isEqualTo(new Outcome.AgentEnded(row.word(), row.reason(), task.exitCode()));
        assertThat(new ExitStatus.Code(task.exitCode().orElseThrow())).isEqualTo(row.exit());
        AgentRun run = task.agent().orElseThrow();
        assertThat(run.state()).isEqualTo(AgentRun.State.ENDED);
        assertThat(run.verdict()).contains(row.word());
        assertThat(run.notes()).isEmpty();
        assertThat(run.turns() + " " + run.tools())
                .isEqualTo(row.counts().substring(0, row.counts().lastIndexOf(' ')));
        assertThat(run.tokensIn() + " " + run.tokensOut())
                .isEqualTo(row.tokens().substring(0, row.tokens().lastIndexOf(' ')));

        String name = row.name() + (row.word().good() ? ".md" : "-partial.md");
        assertThat(house.check(name).reasons()).isEmpty();
        assertThat(run.report())
                .contains(house.workspace.toRealPath().resolve(".agents/reports").resolve(name));
        assertThat(house.entry(row.name()))
                .containsExactly(
                        "- id: \"" + row.name() + "\"",
                        "agent: auditor",
                        "task: \"Audit the code\"",
                        "status: " + (row.word().good() ? "completed" : "failed"),
                        "result_location: \".agents/reports/" + name + "\"");
        String shown = Files.readString(task.shownLog().orElseThrow());
        assertThat(shown)
                .contains(
                        row.word().word().replace('-', ' ') + ": " + row.reason() + "\u001b[0m\n");
        row.finalText().lines().forEach(line -> assertThat(shown).contains(line));
    }
}
