package dev.simmer.cli;

import dev.simmer.headless.Selection;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Request;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code simmer up}: starts a workspace's tasks in the background. */
final class UpCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer up", "start this workspace's tasks in the background")
                .about(
                        "Starts tasks of simmer.yaml in the background, with what they need."
                                + " TARGETs are tasks",
                        "and groups; without any, all tasks that start by themselves. What runs or"
                                + " waits",
                        "already is left as it is; what has ended is begun anew, as the file says"
                                + " now.")
                .operands("[TARGET...]", 0, Integer.MAX_VALUE)
                .value(
                        "FILE",
                        "The task file; else the nearest simmer.yaml from here upwards.",
                        "-f",
                        "--file")
                .json()
                .example("simmer up", "")
                .example("simmer up dev build && simmer wait build", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        Surroundings around = call.around();
        TaskFiles files = new TaskFiles(around);
        TaskFile file = files.load(files.need(call.words().text("--file").map(Path::of)));
        List<String> targets = call.words().operands();
        List<String> chosen = TaskFiles.choose(file, targets, List.of());
        if (chosen.isEmpty()) {
            throw CommandRefused.usage(
                    "nothing to start: no task of "
                            + file.file()
                            + " starts by itself; name the tasks to start");
        }
        CallerEnvironment inherited = Inherited.of(around);
        List<TaskSpec> specs = new ArrayList<>();
        for (TaskSpec spec : Selection.of(file, targets, chosen).tasks()) {
            specs.add(spec.edit().inherited(inherited).build());
        }
        try (Connection connection = call.supervisor().connect()) {
            List<TaskId> ids =
                    Acting.ask(
                            connection,
                            new Request.Spawn(
                                    specs, file.limits(), false, Request.Existing.BEGIN_ENDED));
            List<TaskView> tasks = new ArrayList<>();
            for (TaskView task : connection.snapshot(TaskFilter.of(file.workspace())).tasks()) {
                if (ids.contains(task.id())) {
                    tasks.add(task);
                }
            }
            new Acting(call, "up").tell("up:", tasks);
            return ExitCode.OK;
        }
    }
}
