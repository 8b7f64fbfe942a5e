package dev.simmer.cli;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Command;
import dev.simmer.model.HostView;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tasks for tests. */
final class Views {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Views() {}

    static Snapshot snapshot(List<WorkspaceView> workspaces, TaskView... tasks) {
        List<TaskView> sorted = new ArrayList<>(Arrays.asList(tasks));
        sorted.sort(Comparator.comparing(TaskView::id));
        return new Snapshot(
                1, NOON.plusSeconds(60), HostView.UNKNOWN, sorted, workspaces, Optional.empty());
    }

    static WorkspaceView workspace(Path folder, String session) {
        return new WorkspaceView(new WorkspaceId(folder), session, Limits.DEFAULT);
    }

    /** A task that runs since noon. */
    static TaskView running(long id, String name, Path workspace) {
        return task(id, name, workspace, Phase.RUNNING, Optional.empty(), spec -> {});
    }

    /** A task that ran from noon for ten seconds. */
    static TaskView ended(long id, String name, Path workspace, Outcome outcome) {
        return task(id, name, workspace, outcome.phase(), Optional.of(outcome), spec -> {});
    }

    static TaskView task(
            long id,
            String name,
            Path workspace,
            Phase phase,
            Optional<Outcome> outcome,
            Consumer<TaskSpec.Builder> more) {
        TaskSpec.Builder spec =
                TaskSpec.named(name, new WorkspaceId(workspace), new Command.Shell("run " + name));
        spec.env(Map.of("TOKEN", ""));
        more.accept(spec);
        boolean begun = phase != Phase.WAITING;
        Optional<Instant> ended =
                outcome.isPresent() ? Optional.of(NOON.plusSeconds(10)) : Optional.empty();
        Path log = workspace.resolve("logs").resolve(id + ".log");
        return new TaskView(
                new TaskId(id),
                spec.build(),
                phase,
                begun ? outcome.map(Outcome::reason).orElse("") : "waits for a place",
                phase.active() ? OptionalLong.of(4_000 + id) : OptionalLong.empty(),
                begun
                        ? List.of(
                                new AttemptView(1, log, Optional.of(NOON), ended, outcome, 1 << 20))
                        : List.of(),
                phase.active() ? 0.5 : 0,
                phase.active() ? 300 << 20 : 0,
                new MemoryEstimate(100 << 20, MemorySource.GUESSED),
                false,
                begun ? Optional.of(NOON) : Optional.empty(),
                ended,
                outcome);
    }

    /** A task that waits until somebody starts it. */
    static TaskView dormant(long id, String name, Path workspace) {
        TaskView waiting =
                task(
                        id,
                        name,
                        workspace,
                        Phase.WAITING,
                        Optional.empty(),
                        spec -> spec.autostart(false));
        return new TaskView(
                waiting.id(),
                waiting.spec(),
                waiting.phase(),
                TaskView.WAITS_TO_BE_STARTED,
                waiting.pid(),
                waiting.attempts(),
                waiting.cpu(),
                waiting.rssBytes(),
                waiting.expected(),
                waiting.heavy(),
                waiting.startedAt(),
                waiting.endedAt(),
                waiting.outcome());
    }

    /** The task, described in another way. */
    static TaskView with(TaskView task, TaskSpec spec) {
        return new TaskView(
                task.id(),
                spec,
                task.phase(),
                task.reason(),
                task.pid(),
                task.attempts(),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** The task with other attempts. */
    static TaskView with(TaskView task, List<AttemptView> attempts) {
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                task.reason(),
                task.pid(),
                attempts,
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }

    /** The task, running for so long. */
    static TaskView runningFor(TaskView task, Duration time) {
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                task.reason(),
                task.pid(),
                task.attempts(),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                Optional.of(Instant.now().minus(time)),
                task.endedAt(),
                task.outcome());
    }
}
