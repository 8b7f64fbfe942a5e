package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.config.TaskFileReader;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dashboard tells the supervisor before it shows anything. */
class DashboardOpeningTest {
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
