package dev.simmer.cli;

import dev.simmer.headless.Selection;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
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
        AgentPlans.Made planned = new AgentPlans(inherited).all(specs);
        specs = planned.tasks();
        try (Connection connection = call.supervisor().connect()) {
            TaskFilter filter = TaskFilter.of(file.workspace());
            Snapshot before = connection.snapshot(filter);
            List<TaskId> ids =
                    Acting.ask(
                            connection,
                            new Request.Spawn(
                                    specs, file.limits(), false, Request.Existing.BEGIN_ENDED));
            List<TaskView> tasks = meant(connection.snapshot(filter), file, specs, ids);
            if (call.words().has("--json")) {
                new Acting(call, "up").tell("", tasks);
            } else {
                tasks.forEach(task -> around.say(standing(before, task)));
            }
            for (TaskView task : tasks) {
                noteOlder(call, before, task, specs);
            }
            planned.notes().forEach(note -> around.complain("simmer: " + note));
            return ExitCode.OK;
        }
    }

    /** The tasks that were asked for: those that begin, and those that are left as they are. */
    private static List<TaskView> meant(
            Snapshot snapshot, TaskFile file, List<TaskSpec> specs, List<TaskId> ids) {
        String session = Here.session(snapshot, file.workspace());
        List<TaskView> tasks = new ArrayList<>();
        for (TaskView task : snapshot.tasks()) {
            boolean named = specs.stream().anyMatch(spec -> spec.name().equals(task.name()));
            if (ids.contains(task.id()) || (named && task.spec().session().equals(session))) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static boolean wentOn(Snapshot before, TaskView task) {
        return before.task(task.id()).filter(Acting::runsOrWaits).isPresent();
    }

    private static String standing(Snapshot before, TaskView task) {
        String name = Acting.name(task);
        Phase phase = task.phase();
        if (phase.active()) {
            return name + (wentOn(before, task) ? " runs already" : " started");
        }
        String reason = TerminalText.plain(task.reason());
        if (phase.ended()) {
            return name + " " + phase.word() + (reason.isEmpty() ? "" : ": " + reason);
        }
        return name + " " + (reason.startsWith("waits") ? reason : "waits");
    }

    /** What goes on does so as it was described when it began. */
    private static void noteOlder(Call call, Snapshot before, TaskView task, List<TaskSpec> specs) {
        for (TaskSpec spec : specs) {
            if (spec.name().equals(task.name())
                    && wentOn(before, task)
                    && Description.differs(spec, task.spec())) {
                String name = TerminalText.plain(task.name());
                call.around()
                        .complain(
                                "simmer: "
                                        + Acting.name(task)
                                        + " goes on as it was described before; for what the file"
                                        + " says now: simmer down "
                                        + name
                                        + " && simmer up "
                                        + name);
            }
        }
    }
}
