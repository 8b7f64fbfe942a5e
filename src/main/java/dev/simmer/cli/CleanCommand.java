package dev.simmer.cli;

import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code simmer clean}: forgets tasks that have ended, with their logs. */
final class CleanCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer clean", "forget tasks that have ended, with their logs")
                .about(
                        "Forgets tasks that have ended, together with their logs: those that are"
                                + " named, else",
                        "all of this workspace but those that a task needs which has not ended. An"
                                + " ID is a",
                        "task's number or name.")
                .operands("[ID...]", 0, Integer.MAX_VALUE)
                .value(
                        "TIME",
                        "Only what ended longer ago than this (90s, 12h, 30d).",
                        "--older-than")
                .flag("Of all workspaces.", "-a", "--all")
                .json()
                .example("simmer clean build lint", "")
                .example("simmer clean --older-than 7d --all", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        Optional<Duration> age = Values.duration(call.words(), "--older-than");
        boolean named = !call.words().operands().isEmpty();
        if (named && call.words().has("--all")) {
            throw CommandRefused.usage("--all means all tasks that have ended; name none with it");
        }
        Acting acting = new Acting(call, "clean");
        Optional<Connection> found = call.supervisor().look();
        if (found.isEmpty()) {
            acting.named(found);
            return told(call, acting, List.of());
        }
        try (Connection connection = found.get()) {
            List<TaskView> tasks;
            if (named) {
                Snapshot now = connection.snapshot(Here.WORKSPACES_ONLY);
                tasks = ForgetRule.old(acting.named(found), age, now.at());
            } else {
                WorkspaceId here = Here.of(call.around());
                boolean all = call.words().has("--all");
                Snapshot now = connection.snapshot(all ? TaskFilter.ALL : TaskFilter.of(here));
                tasks = ForgetRule.forgettable(now, age);
            }
            if (!tasks.isEmpty()) {
                Acting.ask(connection, new Request.Forget(Acting.ids(tasks)));
            }
            return told(call, acting, tasks);
        }
    }

    private static int told(Call call, Acting acting, List<TaskView> tasks) {
        if (tasks.isEmpty() && !call.words().has("--json")) {
            call.around().say("nothing to forget");
        }
        acting.tell("forgot", tasks);
        return ExitCode.OK;
    }
}
