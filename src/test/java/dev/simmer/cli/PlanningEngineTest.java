package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AgentSpec;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.Engine;
import dev.simmer.model.Limits;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine is asked for agents that were not planned. */
class PlanningEngineTest {
    @TempDir Path folder = Path.of("/");
    private final List<Request> asked = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean closed;

    private PlanningEngine engine() {
        Engine inner =
                new Engine() {
                    @Override
                    public Snapshot snapshot() {
                        return Snapshot.EMPTY;
                    }

                    @Override
                    public Subscription subscribe(Consumer<Snapshot> listener) {
                        return () -> {};
                    }

                    @Override
                    public CompletableFuture<Reply> submit(Request request) {
                        asked.add(request);
                        return CompletableFuture.completedFuture(new Reply.Accepted(List.of()));
                    }

                    @Override
                    public void close() {
                        closed = true;
                    }
                };
        return new PlanningEngine(
                inner, new CallerEnvironment(Map.of("PATH", "/nowhere", "A", "b")), notes::add);
    }

    private Request.Spawn spawn(String definition) {
        WorkspaceId here = new WorkspaceId(folder);
        AgentSpec.Ordered ordered =
                new AgentSpec.Ordered(
                        definition,
                        "look",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        Command command = new Command.Exec(List.of("x"));
        return new Request.Spawn(
                List.of(
                        TaskSpec.named("job", here, command).build(),
                        TaskSpec.named("audit", here, command).agent(ordered).build()),
                Limits.DEFAULT,
                true,
                Request.Existing.KEEP);
    }

    @Test
    void agentIsPlannedAndTheRestStays() throws IOException {
        Path agents = Files.createDirectories(folder.resolve(".agents/agents"));
        Files.writeString(agents.resolve("own.md"), "---\nname: own\ncommand: look\n---\n");
        Request.Spawn spawn = spawn("own");

        assertThat(engine().submit(spawn).join()).isInstanceOf(Reply.Accepted.class);

        Request.Spawn passed = (Request.Spawn) asked.getFirst();
        assertThat(passed.tasks().getFirst()).isEqualTo(spawn.tasks().getFirst());
        TaskSpec audit = passed.tasks().getLast();
        assertThat(audit.planned().orElseThrow().definition()).isEqualTo("own");
        assertThat(audit.inherited().orElseThrow().variables()).containsEntry("A", "b");
        assertThat(passed.failFast()).isTrue();
        assertThat(passed.existing()).isEqualTo(Request.Existing.KEEP);
        assertThat(notes).as("what was said by somebody needs no note").isEmpty();
    }

    @Test
    void agentThatCannotBeRunRefusesTheWhole() {
        assertThat(engine().submit(spawn("gone")).join())
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .startsWith(
                                                "the agent `audit` cannot be run: there is no"));
        assertThat(asked).isEmpty();
    }

    @Test
    void allElsePasses() {
        Request stop = new Request.Stop(Set.of(new TaskId(1)), true);
        PlanningEngine engine = engine();

        engine.submit(stop).join();
        engine.close();

        assertThat(asked).containsExactly(stop);
        assertThat(closed).isTrue();
        assertThat(engine.snapshot()).isEqualTo(Snapshot.EMPTY);
    }
}
