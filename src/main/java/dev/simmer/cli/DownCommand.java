package dev.simmer.cli;

import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code simmer down}: stops a workspace's tasks, and waits for their end. */
final class DownCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer down", "stop this workspace's tasks")
                .about(
                        "Stops this workspace's tasks, and returns when they have ended. TARGETs"
                                + " are tasks and",
                        "groups of simmer.yaml, or names and numbers of tasks; without any, all"
                                + " that run or wait.")
                .operands("[TARGET...]", 0, Integer.MAX_VALUE)
                .flag("Send SIGKILL at once.", "--now")
                .json()
                .example("simmer down", "")
                .example("simmer down dev", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        WorkspaceId here = Here.of(call.around());
        Optional<Connection> found = call.supervisor().look();
        List<TaskView> tasks = new ArrayList<>();
        if (found.isPresent()) {
            try (Connection connection = found.get()) {
                Snapshot snapshot = connection.snapshot(TaskFilter.of(here));
                for (TaskView task : meant(call, here, snapshot)) {
                    if (Acting.runsOrWaits(task)) {
                        tasks.add(task);
                    }
                }
                KillCommand.stop(connection, tasks, call.words().has("--now"));
            }
        } else if (!call.words().operands().isEmpty()) {
            new Acting(call, "down").named(found);
        }
        if (!tasks.isEmpty()) {
            awaitEnd(call, tasks);
        } else if (!call.words().has("--json")) {
            call.around().say("nothing runs or waits in this workspace");
        }
        new Acting(call, "down").tell("stopped", tasks);
        return ExitCode.OK;
    }

    private static List<TaskView> meant(Call call, WorkspaceId here, Snapshot snapshot)
            throws CommandRefused {
        if (call.words().operands().isEmpty()) {
            return snapshot.tasks();
        }
        List<String> names = new ArrayList<>();
        for (String target : call.words().operands()) {
            names.addAll(members(call, snapshot, target));
        }
        return new Lookup(here).in(snapshot, names);
    }

    /** A group's tasks; the file is read only for a word that is no task. */
    private static List<String> members(Call call, Snapshot snapshot, String target)
            throws CommandRefused {
        for (TaskView task : snapshot.tasks()) {
            if (task.name().equals(target) || task.id().toString().equals(target)) {
                return List.of(target);
            }
        }
        TaskFiles files = new TaskFiles(call.around());
        Optional<Path> path = files.find(Optional.empty());
        if (path.isEmpty()) {
            return List.of(target);
        }
        TaskFile file = files.load(path.get());
        List<String> group = file.groups().get(target);
        if (group == null) {
            return List.of(target);
        }
        return group.stream()
                .filter(name -> snapshot.tasks().stream().anyMatch(t -> t.name().equals(name)))
                .toList();
    }

    private static void awaitEnd(Call call, List<TaskView> tasks)
            throws CommandRefused, SupervisorFailure {
        try (Watch watch = new Watch(call.supervisor(), TaskFilter.of(Acting.ids(tasks)))) {
            while (true) {
                Snapshot snapshot = watch.next();
                boolean left =
                        tasks.stream()
                                .anyMatch(task ->
                                        snapshot.task(task.id())
                                                .filter(now -> !now.phase().ended())
                                                .isPresent());
                if (!left) {
                    return;
                }
            }
        }
    }
}
