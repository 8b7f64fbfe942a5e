package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.config.TaskFileReader;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dashboard tells the supervisor before it shows anything. */
class DashboardOpeningTest {
    private static final Outcome FAILED = new Outcome.ExitedWith(1);
    private static final Outcome SKIPPED = new Outcome.Skipped("unit failed");
    private static final Outcome STOPPED = new Outcome.Stopped("stopped by you");
    private static final String PLAN =
            """
            version: 1
            tasks:
              unit: "false"
              pack: {run: x, needs: [unit]}
              dev: {run: x, kind: service}
            """;

    @TempDir Path folder;
    private final FakeSupervisor supervisor = new FakeSupervisor();
    private TaskFile file;

    @BeforeEach
    void read() throws IOException {
        Path path = folder.resolve("simmer.yaml");
        Files.writeString(
                path,
                """
                version: 1
                tasks:
                  lint: "true"
                  dev: {run: x, kind: service}
                  deploy: {run: x, needs: [lint], autostart: false}
                """);
        file = ((TaskFileReader.Loaded) TaskFileReader.read(path, Map.of())).file();
    }

    private void prepare(
            List<String> chosen, boolean named, Optional<DashboardOpening.Session> session)
            throws Exception {
        WorkspaceId here = new WorkspaceId(folder);
        try (Connection connection = supervisor.connect()) {
            new DashboardOpening(Optional.of(file), chosen, named, session, false)
                    .prepare(connection, here, new CallerEnvironment(Map.of("A", "b")));
        }
    }

    private List<Request.Spawn> spawns() {
        return supervisor.requests.stream()
                .filter(Request.Spawn.class::isInstance)
                .map(Request.Spawn.class::cast)
                .toList();
    }

    @Test
    void tellsOfTheWholeFileAndLeavesWhatIsThere() throws Exception {
        prepare(List.of("lint", "dev"), false, Optional.empty());
        assertThat(spawns())
                .singleElement()
                .satisfies(spawn -> {
                    assertThat(spawn.existing()).isEqualTo(Request.Existing.KEEP);
                    assertThat(spawn.tasks())
                            .extracting(TaskSpec::name)
                            .containsExactly("lint", "dev", "deploy");
                    assertThat(spawn.tasks())
                            .extracting(TaskSpec::autostart)
                            .containsExactly(true, true, false);
                    assertThat(spawn.tasks())
                            .allSatisfy(task ->
                                    assertThat(task.inherited().orElseThrow().variables())
                                            .containsEntry("A", "b"));
                });
    }

    private TaskView known(long id, String name, Phase phase, Outcome outcome) {
        TaskView made = Views.task(id, name, folder, phase, Optional.of(outcome), _ -> {});
        TaskSpec spec =
                file.tasks().stream()
                        .filter(each -> each.name().equals(name))
                        .findAny()
                        .orElse(made.spec());
        return Views.with(made, spec);
    }

    private void read(String text) throws IOException {
        Path path = folder.resolve("simmer.yaml");
        Files.writeString(path, text);
        file = ((TaskFileReader.Loaded) TaskFileReader.read(path, Map.of())).file();
    }

    private List<String> open(String... chosen) throws Exception {
        supervisor.requests.clear();
        try (Connection connection = supervisor.connect()) {
            return new DashboardOpening(
                            Optional.of(file), List.of(chosen), false, Optional.empty(), false)
                    .prepare(
                            connection,
                            new WorkspaceId(folder),
                            new CallerEnvironment(Map.of("A", "b")));
        }
    }

    /** The names of what is taken on, and whether each starts. */
    private Map<String, Boolean> begun() {
        Map<String, Boolean> begun = new TreeMap<>();
        for (Request.Spawn spawn : spawns()) {
            spawn.tasks().forEach(task -> begun.put(task.name(), task.autostart()));
        }
        return begun;
    }

    @Test
    void whatFailedIsNotRunAgainForASkippedTaskThatNeedsIt() throws Exception {
        read(PLAN);
        supervisor.show(
                known(1, "unit", Phase.FAILED, FAILED),
                known(2, "pack", Phase.SKIPPED, SKIPPED),
                Views.running(3, "dev", folder));
        assertThat(open("unit", "pack", "dev"))
                .containsExactly(
                        "1 failed, 1 skipped before and were not started again; s starts the"
                                + " selected task");
        assertThat(spawns().getFirst().existing()).isEqualTo(Request.Existing.KEEP);
        assertThat(begun()).containsOnlyKeys("unit", "dev");
    }

    @Test
    void whatIsNewWaitsWhereItNeedsWhatFailed() throws Exception {
        read(PLAN + "  ship: {run: y, needs: [pack]}\n  lint: z\n");
        supervisor.show(
                known(1, "unit", Phase.FAILED, FAILED), known(2, "pack", Phase.SKIPPED, SKIPPED));
        open("unit", "pack", "dev", "ship", "lint");
        assertThat(begun())
                .isEqualTo(Map.of("unit", true, "dev", true, "ship", false, "lint", true));
    }

    @Test
    void whatTheFileDescribesInAnotherWayNowIsBegunAnew() throws Exception {
        read(PLAN);
        TaskView unit = known(1, "unit", Phase.FAILED, FAILED);
        TaskView dev = known(3, "dev", Phase.FAILED, FAILED);
        read(PLAN.replace("\"false\"", "\"true\""));
        supervisor.show(unit, known(2, "pack", Phase.SKIPPED, SKIPPED), dev);
        assertThat(open("unit", "pack", "dev"))
                .containsExactly(
                        "1 failed before and was not started again; s starts the selected task");
        assertThat(spawns().getFirst().existing()).isEqualTo(Request.Existing.BEGIN_ENDED);
        assertThat(begun()).isEqualTo(Map.of("unit", true));
    }

    @Test
    void stoppedWorkspaceStartsAgainAndASingleStoppedTaskDoesNot() throws Exception {
        read(PLAN);
        TaskView unit = known(1, "unit", Phase.SUCCEEDED, new Outcome.Succeeded());
        TaskView dev = known(3, "dev", Phase.KILLED, STOPPED);
        supervisor.show(unit, dev, Views.running(2, "pack", folder));
        assertThat(open("unit", "pack", "dev"))
                .containsExactly(
                        "1 stopped before and was not started again; s starts the selected task");
        assertThat(begun()).containsOnlyKeys("unit", "pack");

        supervisor.show(unit, dev, known(2, "pack", Phase.KILLED, STOPPED));
        assertThat(open("unit", "pack", "dev")).isEmpty();
        assertThat(begun()).isEqualTo(Map.of("unit", true, "pack", true, "dev", true));
        assertThat(spawns().getFirst().existing()).isEqualTo(Request.Existing.KEEP);
    }

    @Test
    void brokenFileOpensOnWhatTheSupervisorHas() throws Exception {
        CommandFixture fixture = new CommandFixture(folder);
        Files.writeString(fixture.folder.resolve("simmer.yaml"), "version: 1\ntasks: [\n");
        OpenCommand command = new OpenCommand(fixture.around());
        supervisor.show();
        assertThat(command.withoutFile(Optional.empty(), Optional.empty(), false, supervisor))
                .isEmpty();

        supervisor.show(Views.running(3, "dev", fixture.folder));
        DashboardOpening opening =
                command.withoutFile(Optional.empty(), Optional.empty(), false, supervisor)
                        .orElseThrow();
        try (Connection connection = supervisor.connect()) {
            assertThat(
                            opening.prepare(
                                    connection,
                                    new WorkspaceId(fixture.folder),
                                    new CallerEnvironment(Map.of())))
                    .singleElement()
                    .asString()
                    .matches(".*simmer\\.yaml:\\d+:\\d+: .*; nothing was started from the file");
        }
        assertThat(spawns()).isEmpty();

        Files.writeString(fixture.folder.resolve("simmer.yaml"), "version: 1\ntasks: {a: b}\n");
        OpenCommand mended = new OpenCommand(fixture.around());
        assertThat(mended.withoutFile(Optional.empty(), Optional.empty(), false, supervisor))
                .isEmpty();
    }

    @Test
    void agentsThatCannotBeRunAreLeftOutWithWhatNeedsThem() throws Exception {
        Files.writeString(
                folder.resolve("simmer.yaml"),
                """
                version: 1
                tasks:
                  lint: "true"
                  after: {run: x, needs: [audit]}
                  later: {run: x, needs: [after]}
                agents:
                  audit: {agent: no-such-agent, task: look}
                """);
        file =
                ((TaskFileReader.Loaded)
                                TaskFileReader.read(folder.resolve("simmer.yaml"), Map.of()))
                        .file();
        List<String> all = List.of("lint", "after", "later", "audit");
        WorkspaceId here = new WorkspaceId(folder);
        CallerEnvironment caller = new CallerEnvironment(Map.of("PATH", "/nowhere"));

        try (Connection connection = supervisor.connect()) {
            List<String> notes =
                    new DashboardOpening(Optional.of(file), all, false, Optional.empty(), false)
                            .prepare(connection, here, caller);
            assertThat(notes).hasSize(3);
            assertThat(notes.getFirst())
                    .startsWith("the agent `audit` cannot be run: there is no agent")
                    .endsWith("; it is left out");
            assertThat(notes).contains("later is left out, as it needs after");
            assertThat(spawns().getFirst().tasks())
                    .extracting(TaskSpec::name)
                    .containsExactly("lint");

            supervisor.requests.clear();
            assertThatThrownBy(() ->
                            new DashboardOpening(
                                            Optional.of(file), all, true, Optional.empty(), false)
                                    .prepare(connection, here, caller))
                    .isInstanceOf(CommandRefused.class)
                    .hasMessageContaining("no-such-agent");
            assertThat(spawns()).isEmpty();
        }
    }

    @Test
    void agentsArePlannedOnce() throws Exception {
        Path agents = Files.createDirectories(folder.resolve(".agents/agents"));
        Files.writeString(agents.resolve("own.md"), "---\nname: own\ncommand: look\n---\n");
        Files.writeString(
                folder.resolve("simmer.yaml"),
                "version: 1\nagents:\n  audit: {agent: own, task: look}\n");
        file =
                ((TaskFileReader.Loaded)
                                TaskFileReader.read(folder.resolve("simmer.yaml"), Map.of()))
                        .file();

        prepare(List.of("audit"), true, Optional.empty());

        assertThat(spawns()).hasSize(2);
        assertThat(spawns())
                .allSatisfy(spawn ->
                        assertThat(spawn.tasks().getFirst().planned().orElseThrow().report())
                                .matches(".*-audit\\.md"));
    }

    @Test
    void namedTargetsAreBegunEvenIfTheyHaveEnded() throws Exception {
        prepare(List.of("lint", "deploy"), true, Optional.empty());
        assertThat(spawns()).hasSize(2);
        assertThat(spawns().getLast().existing()).isEqualTo(Request.Existing.BEGIN_ENDED);
        assertThat(spawns().getLast().tasks())
                .extracting(TaskSpec::name)
                .containsExactly("lint", "deploy");
        assertThat(spawns().getLast().tasks()).allMatch(TaskSpec::autostart);
    }

    @Test
    void sessionIsOpenedFirst() throws Exception {
        prepare(
                List.of("lint"),
                false,
                Optional.of(
                        new DashboardOpening.Session("login", Request.SessionChange.NAME_OR_OPEN)));
        assertThat(supervisor.requests.getFirst())
                .isEqualTo(
                        new Request.OpenSession(
                                new WorkspaceId(folder),
                                "login",
                                Request.SessionChange.NAME_OR_OPEN));
        assertThat(spawns()).hasSize(1);
    }

    @Test
    void resumedSessionStartsNothingThatIsNotNamed() throws Exception {
        prepare(
                List.of("lint", "dev"),
                false,
                Optional.of(new DashboardOpening.Session("login", Request.SessionChange.OPEN)));
        assertThat(supervisor.requests).hasSize(1);
    }

    @Test
    void sessionThatIsNotThereEndsTheOpening() {
        supervisor.answer = _ -> new Reply.Refused("there is no session login; there are old");
        org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                        prepare(
                                List.of("lint"),
                                false,
                                Optional.of(
                                        new DashboardOpening.Session(
                                                "login", Request.SessionChange.OPEN))))
                .isInstanceOf(CommandRefused.class)
                .hasMessage("simmer: there is no session login; there are old");
        assertThat(spawns()).isEmpty();
    }
}
