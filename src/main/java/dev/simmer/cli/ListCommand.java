package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code simmer list}: the tasks. */
final class ListCommand implements Verb {
    /** How many ended tasks the table shows where nothing else is said. */
    static final int ENDED_SHOWN = 20;

    @Override
    public Usage usage() {
        return Usage.of("simmer list", "show the tasks (also: ls, tasks)")
                .about(
                        "Shows the tasks of all workspaces: what runs and waits, and the newest 20"
                                + " that have",
                        "ended. JSON always has all of them.")
                .flag("Show all that have ended.", "-a", "--all")
                .flag("This workspace's tasks only.", "-w", "--workspace")
                .json()
                .example("simmer list", "")
                .example("simmer ls -w --all", "everything of this workspace")
                .example("simmer list --json | jq '.[] | select(.state == \"failed\").name'", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        Surroundings around = call.around();
        boolean json = call.words().has("--json");
        boolean all = json || call.words().has("--all");
        Optional<Connection> found = call.supervisor().look();
        Snapshot snapshot = Snapshot.EMPTY;
        if (found.isPresent()) {
            try (Connection connection = found.get()) {
                snapshot = connection.snapshot(filter(call, all));
            }
        }
        snapshot.trouble()
                .ifPresent(words -> around.complain("simmer: " + TerminalText.plain(words)));
        if (json) {
            List<JsonObject> rows = snapshot.tasks().stream().map(TaskJson::row).toList();
            around.say(TaskJson.array(rows));
        } else {
            print(around, snapshot, all);
        }
        return ExitCode.OK;
    }

    private static TaskFilter filter(Call call, boolean all) {
        Optional<WorkspaceId> workspace =
                call.words().has("--workspace")
                        ? Optional.of(Here.of(call.around()))
                        : Optional.empty();
        // One more than is shown tells that there are more.
        return new TaskFilter(
                Set.of(), workspace, all ? OptionalInt.empty() : OptionalInt.of(ENDED_SHOWN + 1));
    }

    private static void print(Surroundings around, Snapshot snapshot, boolean all) {
        List<TaskView> shown = new ArrayList<>(snapshot.tasks());
        List<TaskView> ended = shown.stream().filter(each -> each.phase().ended()).toList();
        boolean more = !all && ended.size() > ENDED_SHOWN;
        if (more) {
            TaskId first = ended.getFirst().id();
            shown.removeIf(each -> each.id().equals(first));
        }
        if (shown.isEmpty()) {
            around.say("no tasks");
            return;
        }
        boolean workspaces =
                shown.stream().map(each -> each.spec().workspace()).distinct().count() > 1;
        boolean sessions = shown.stream().anyMatch(each -> !each.spec().session().isEmpty());
        table(shown, Instant.now(), workspaces, sessions, around.colour())
                .lines(TerminalWidth.of(around))
                .forEach(around::say);
        if (more) {
            around.say("… and older ones that have ended: simmer list --all");
        }
    }

    private static TextTable table(
            List<TaskView> tasks,
            Instant now,
            boolean workspaces,
            boolean sessions,
            boolean colour) {
        List<String> heads = new ArrayList<>(List.of(">id", "name"));
        if (workspaces) {
            heads.add("workspace");
        }
        if (sessions) {
            heads.add("session");
        }
        heads.addAll(List.of("kind", "state", ">cpu", ">memory", ">time", "what"));
        TextTable table =
                new TextTable(heads.toArray(String[]::new))
                        .mayLeaveOut("kind", "session", "cpu", "workspace");
        for (TaskView task : tasks) {
            List<String> cells = new ArrayList<>();
            cells.add(task.id().toString());
            cells.add(TerminalText.plain(task.name()));
            if (workspaces) {
                cells.add(TerminalText.plain(folder(task.spec().workspace())));
            }
            if (sessions) {
                cells.add(TerminalText.plain(task.spec().session()));
            }
            cells.addAll(figures(task, now));
            table.add(colour ? colour(task.phase()) : 0, cells);
        }
        return table;
    }

    private static List<String> figures(TaskView task, Instant now) {
        boolean active = task.phase().active();
        return List.of(
                task.spec().kind().word(),
                task.phase().word(),
                active ? Math.round(task.cpu() * 100) + "%" : "-",
                active && task.rssBytes() > 0 ? ByteSize.compact(task.rssBytes()) : "-",
                took(task, now).map(Durations::format).orElse("-"),
                TerminalText.plain(what(task)));
    }

    private static String what(TaskView task) {
        if (task.reason().isEmpty()) {
            return task.spec()
                    .planned()
                    .map(planned -> AgentWords.what(planned, task.agent()))
                    .orElseGet(() -> task.spec().command().text());
        }
        boolean failed = task.phase() == Phase.FAILED || task.phase() == Phase.TIMED_OUT;
        // Numbers of attempts go on where a task is begun anew.
        int attempts = Math.min(task.attempt(), task.spec().retry().max() + 1);
        return task.reason() + (failed && attempts > 1 ? ", after " + attempts + " attempts" : "");
    }

    /** How long it has run, or did. */
    static Optional<Duration> took(TaskView task, Instant now) {
        return task.startedAt()
                .map(from -> Duration.between(from, task.endedAt().orElse(now)))
                .map(took -> took.isNegative() ? Duration.ZERO : took);
    }

    /** The last part of a workspace's path, which tells people most. */
    static String folder(WorkspaceId workspace) {
        return String.valueOf(
                Optional.ofNullable(workspace.folder().getFileName()).orElse(workspace.folder()));
    }

    private static int colour(Phase phase) {
        return switch (phase) {
            case READY, RUNNING, STARTING -> 0;
            case SUCCEEDED -> 32;
            case FAILED, TIMED_OUT, LOST -> 31;
            case KILLED, SKIPPED, PAUSED, STOPPING, BACKOFF -> 33;
            case WAITING -> 2;
        };
    }
}
