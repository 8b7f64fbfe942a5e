package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.logs.CellWidth;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCommandTest {
    @TempDir Path home;
    private CommandFixture fixture;
    private FakeSupervisor supervisor;
    private Path shop;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home);
        supervisor = fixture.supervisor;
        shop = fixture.folder;
    }

    @Test
    void tableOfOneWorkspace() {
        supervisor.show(
                // Half a minute on either side does not show.
                Views.runningFor(Views.running(1, "dev", shop), Duration.ofSeconds(5_430)),
                Views.task(2, "build", shop, Phase.WAITING, Optional.empty(), spec -> {}),
                Views.ended(3, "lint", shop, new Outcome.ExitedWith(2)));
        assertThat(fixture.simmer("list")).isZero();
        assertThat(fixture.out())
                .isEqualTo(
                        """
                        id  name   kind  state    cpu  memory   time  what
                         1  dev    job   running  50%    300M  1h 30m  run dev
                         2  build  job   waiting    -       -      -  waits for a place
                         3  lint   job   failed     -       -    10s  exit code 2
                        """
                                .replace("   time", "    time")
                                .replace("      -  waits", "       -  waits")
                                .replace("    10s", "     10s"));
    }

    @Test
    void workspaceAndSessionAreShownWhereTheyTellSomething() {
        supervisor.show(
                Views.running(1, "dev", shop),
                Views.task(
                        2,
                        "dev",
                        home.resolve("b"),
                        Phase.RUNNING,
                        Optional.empty(),
                        spec -> spec.session("login")));
        fixture.simmer("list");
        assertThat(fixture.out()).contains("workspace  session", "shop", "login");
        fixture.simmer("list", "-w");
        assertThat(fixture.out()).contains(" 1  dev").doesNotContain("workspace", "login");
    }

    @Test
    void onlyTheNewestThatEndedAreShown() throws Exception {
        List<TaskView> tasks = new ArrayList<>();
        for (int id = 1; id <= 30; id++) {
            tasks.add(Views.ended(id, "task" + id, shop, new Outcome.Succeeded()));
        }
        tasks.add(Views.running(31, "dev", shop));
        supervisor.show(tasks.toArray(TaskView[]::new));
        fixture.simmer("list");
        assertThat(fixture.out().lines()).hasSize(1 + 20 + 1 + 1);
        assertThat(fixture.out())
                .contains("task11 ")
                .doesNotContain("task10 ")
                .contains("simmer list --all");
        fixture.simmer("list", "--all");
        assertThat(fixture.out().lines()).hasSize(1 + 31);
        fixture.simmer("list", "--json");
        assertThat(fixture.json()).hasSize(31);
    }

    @Test
    void jsonIsAnArrayWithWhatIsPromised() throws Exception {
        supervisor.show(Views.running(1, "dev", shop));
        fixture.simmer("tasks", "--json");
        JsonNode task = fixture.json().get(0);
        assertThat(task.get("id").isNumber()).isTrue();
        assertThat(task.get("cpu").asDouble()).isEqualTo(0.5);
        assertThat(task.get("started_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(task.get("ended_at").isNull()).isTrue();
        assertThat(task.get("exit_code").isNull()).isTrue();
        assertThat(fixture.out()).doesNotContain("TOKEN");
        supervisor.show();
        fixture.simmer("list", "--json");
        assertThat(fixture.out()).isEqualTo("[]\n");
    }

    @Test
    void troubleIsToldOnStandardError() {
        supervisor.snapshot =
                new Snapshot(
                        1,
                        Views.NOON,
                        dev.simmer.model.HostView.UNKNOWN,
                        List.of(),
                        List.of(),
                        Optional.of("the disk is full; make room"));
        fixture.simmer("list", "--json");
        assertThat(fixture.err()).isEqualTo("simmer: the disk is full; make room\n");
        assertThat(fixture.out()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 200})
    void tableFitsTheTerminal(int columns) {
        supervisor.show(
                Views.runningFor(
                        Views.running(1, "a-very-long-name-of-a-task-that-nobody-types", shop),
                        Duration.ofHours(2)),
                Views.runningFor(
                        Views.running(2, "説明の長い名前のタスクです、とても長い", shop), Duration.ofHours(2)),
                Views.ended(3, "x", shop, new Outcome.Skipped("it needs much that is not there")));
        fixture.terminal = true;
        fixture.environment.put("COLUMNS", Integer.toString(columns));
        fixture.environment.put("NO_COLOR", "1");
        fixture.simmer("list");
        assertThat(fixture.out().lines())
                .hasSize(4)
                .allMatch(line -> CellWidth.width(line) <= columns);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100})
    void wideRowsFitTheTerminal(int columns) {
        supervisor.show(
                Views.runningFor(
                        Views.task(
                                12345,
                                "a-service-with-a-name",
                                home.resolve("a-long-folder-name"),
                                Phase.RUNNING,
                                Optional.empty(),
                                spec ->
                                        spec.session("a-long-session")
                                                .kind(dev.simmer.model.Kind.SERVICE)),
                        Duration.ofHours(99)),
                Views.ended(12346, "x", shop, new Outcome.Succeeded()),
                Views.ended(12347, "y", shop, new Outcome.TimedOut(Duration.ofHours(5))));
        fixture.terminal = true;
        fixture.environment.put("COLUMNS", Integer.toString(columns));
        fixture.environment.put("NO_COLOR", "1");
        fixture.simmer("list");
        assertThat(fixture.out().lines())
                .hasSize(4)
                .allMatch(line -> CellWidth.width(line) <= columns)
                .anyMatch(line -> line.contains("12345"));
        assertThat(fixture.out()).contains("state", "memory");
    }
}
