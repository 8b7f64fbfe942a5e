package dev.simmer.cli;

import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.definition.Definition;
import dev.simmer.config.TaskFileReader;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code simmer __complete}: what completion scripts ask while somebody types. A word a line, and
 * what it is behind a tab. Never starts a supervisor, and says nothing where it knows nothing.
 */
final class CompleteCommand implements Verb {
    /** Its name; in no help, as nobody types it. */
    static final String NAME = "__complete";

    @Override
    public Usage usage() {
        return Usage.of("simmer " + NAME, "what completion scripts ask")
                .about(
                        "Prints words for completion scripts: verbs, tasks, agents, targets or"
                                + " sessions.")
                .operands("verbs|tasks|agents|targets|sessions", 1, 1)
                .example("simmer __complete tasks", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused {
        List<String> lines =
                switch (call.words().operands().getFirst()) {
                    case "verbs" -> List.of(String.join(" ", Verbs.words()));
                    case "tasks" -> tasks(call);
                    case "agents" -> agents(call.around());
                    case "targets" -> targets(call.around());
                    case "sessions" -> sessions(call);
                    default -> List.of();
                };
        lines.forEach(call.around()::say);
        return ExitCode.OK;
    }

    /** The workspace's tasks by name, others' where the name says it, and all by number. */
    private static List<String> tasks(Call call) {
        WorkspaceId here = Here.of(call.around());
        List<String> names = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        List<TaskView> tasks = new ArrayList<>(snapshot(call).tasks());
        tasks.sort((a, b) ->
                Boolean.compare(
                        b.spec().workspace().equals(here), a.spec().workspace().equals(here)));
        for (TaskView task : tasks) {
            String state = task.phase().word();
            if (typable(task.name()) && seen.add(task.name())) {
                names.add(task.name() + "\t" + state);
            }
            ids.add(task.id().value() + "\t" + TerminalText.plain(task.name()) + ", " + state);
        }
        names.addAll(ids);
        return names;
    }

    private static Snapshot snapshot(Call call) {
        try {
            Optional<Connection> found = call.supervisor().find();
            if (found.isEmpty()) {
                return Snapshot.EMPTY;
            }
            try (Connection connection = found.get()) {
                return connection.snapshot(TaskFilter.ALL);
            }
        } catch (CommandRefused | SupervisorFailure e) {
            return Snapshot.EMPTY;
        }
    }

    /** What stands behind the word agent: what is done, and whose. */
    private static List<String> agents(Surroundings around) {
        List<String> lines = new ArrayList<>(AgentCommand.ACTIONS);
        Catalogue catalogue = AgentPlans.catalogue(Here.of(around).folder(), around.environment());
        for (Definition each : catalogue.entries()) {
            if (typable(each.name())) {
                lines.add(each.name() + "\t" + TerminalText.plain(each.headline()));
            }
        }
        return lines;
    }

    private static List<String> sessions(Call call) {
        WorkspaceId here = Here.of(call.around());
        Set<String> sessions = new LinkedHashSet<>();
        Snapshot snapshot = snapshot(call);
        snapshot.workspace(here).map(WorkspaceView::session).ifPresent(sessions::add);
        for (TaskView task : snapshot.tasks()) {
            if (task.spec().workspace().equals(here)) {
                sessions.add(task.spec().session());
            }
        }
        return sessions.stream().filter(CompleteCommand::typable).toList();
    }

    private static List<String> targets(Surroundings around) {
        TaskFiles files = new TaskFiles(around);
        Optional<Path> file = files.find(Optional.empty());
        List<String> lines = new ArrayList<>();
        if (file.isPresent() && files.read(file.get()) instanceof TaskFileReader.Loaded loaded) {
            loaded.file().tasks().stream()
                    .filter(task -> typable(task.name()))
                    .forEach(task -> lines.add(task.name() + "\t" + task.kind().word()));
            loaded.file().groups().keySet().stream()
                    .filter(CompleteCommand::typable)
                    .forEach(group -> lines.add(group + "\tgroup"));
        }
        return lines;
    }

    /** Whether a name survives a line of text on its way through a shell. */
    private static boolean typable(String name) {
        return !name.isBlank() && TerminalText.plain(name).equals(name);
    }
}
