package dev.simmer.headless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Command;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of pauses. */
class AttemptDiffTest {
    private static final Path LOG = Path.of("/nowhere/output.log");
    private static final TaskSpec SPEC =
            TaskSpec.named("build", new WorkspaceId(Path.of("/shop")), new Command.Shell("make"))
                    .build();

    private final AttemptDiff diff = new AttemptDiff();
    private final List<Happening> told = new ArrayList<>();

    private static AttemptView attempt(int number, Optional<Outcome> outcome) {
        return new AttemptView(
                number,
                LOG,
                Optional.of(FakeEngine.START),
                outcome.map(_ -> FakeEngine.START.plusSeconds(1)),
                outcome,
                0);
    }

    private void show(Phase phase, AttemptView... attempts) {
        TaskView task =
                FakeEngine.view(new TaskId(3), SPEC, phase, List.of(attempts), Optional.empty());
        diff.show(FakeEngine.because(task, "memory is short"), told::add);
    }

    private List<String> json() throws OutputGone {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonPrinter printer = new JsonPrinter(new Outlets(out, new ByteArrayOutputStream()));
        for (Happening each : told) {
            if (each instanceof Happening.AttemptHeld held) {
                printer.held(held);
            }
        }
        printer.flush();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void pauseAndGoingOnAreToldOnce() throws OutputGone {
        AttemptView first = attempt(1, Optional.empty());
        show(Phase.RUNNING, first);
        show(Phase.PAUSED, first);
        show(Phase.PAUSED, first);
        show(Phase.RUNNING, first);
        show(Phase.RUNNING, first);
        assertThat(json())
                .containsExactly(
                        "{\"event\":\"task-paused\",\"task\":\"build\",\"id\":3,\"attempt\":1,"
                                + "\"reason\":\"memory is short\"}",
                        "{\"event\":\"task-resumed\",\"task\":\"build\",\"id\":3,\"attempt\":1}");
    }

    @Test
    void endOfAPausedAttemptIsNoGoingOn() throws OutputGone {
        show(Phase.PAUSED, attempt(1, Optional.empty()));
        AttemptView ended = attempt(1, Optional.of(new Outcome.Evicted(1, 2)));
        show(Phase.WAITING, ended);
        show(Phase.RUNNING, ended, attempt(2, Optional.empty()));
        assertThat(json()).hasSize(1);
        show(Phase.PAUSED, ended, attempt(2, Optional.empty()));
        assertThat(json()).hasSize(2).last().asString().contains("task-paused", "\"attempt\":2");
    }
}
