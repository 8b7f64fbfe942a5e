package dev.simmer.cli;

import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code simmer kill}: stops tasks. */
final class KillCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer kill", "stop tasks")
                .about(
                        "Stops tasks: the stop signal (SIGTERM unless the task says otherwise) to"
                                + " all its",
                        "processes, and SIGKILL to those that are left after the grace period."
                                + " Tasks that wait",
                        "are cancelled. Does not wait for the end; `simmer wait` does. An ID is a"
                                + " task's",
                        "number or name.")
                .operands("ID...", 0, Integer.MAX_VALUE)
                .flag("Send SIGKILL at once.", "--now")
                .flag("All tasks of this workspace.", "-a", "--all")
                .json()
                .notes("Exit codes: 0 done, or the tasks had ended already; 3 no such task.")
                .example("simmer kill dev 7", "")
                .example("simmer kill --all --now", "all of this workspace, at once")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        boolean all = call.words().has("--all");
        if (all != call.words().operands().isEmpty()) {
            throw CommandRefused.usage(
                    all
                            ? "--all means all tasks of this workspace; name none, or leave it out"
                            : "which task? Name it by its number or name, or all by --all");
        }
        Acting acting = new Acting(call, "kill");
        Optional<Connection> found = call.supervisor().look();
        List<TaskView> tasks = new ArrayList<>();
        if (found.isEmpty()) {
            acting.named(found);
        } else {
            try (Connection connection = found.get()) {
                tasks.addAll(all ? local(call, connection) : acting.named(found));
                for (TaskView task : List.copyOf(tasks)) {
                    if (!Acting.runsOrWaits(task)) {
                        tasks.remove(task);
                        if (!all) {
                            call.around().complain("simmer: " + Acting.name(task) + idle(task));
                        }
                    }
                }
                stop(connection, tasks, call.words().has("--now"));
            }
        }
        acting.tell("stopping", tasks);
        if (all && tasks.isEmpty()) {
            call.around().complain("simmer: nothing runs or waits in this workspace");
        }
        return ExitCode.OK;
    }

    private static String idle(TaskView task) {
        return task.dormant() ? " has not been started" : " has ended already";
    }

    private static List<TaskView> local(Call call, Connection connection) throws SupervisorFailure {
        WorkspaceId here = Here.of(call.around());
        return connection.snapshot(TaskFilter.of(here)).tasks();
    }

    /** Stops tasks, of which some may have ended since they were looked at. */
    static void stop(Connection connection, List<TaskView> tasks, boolean now)
            throws CommandRefused, SupervisorFailure {
        if (tasks.isEmpty()) {
            return;
        }
        Request.Stop whole = new Request.Stop(Acting.ids(tasks), now);
        if (tasks.size() == 1) {
            Acting.ask(connection, whole);
        } else if (connection.submit(whole) instanceof Reply.Refused) {
            for (TaskView task : tasks) {
                connection.submit(new Request.Stop(Acting.ids(List.of(task)), now));
            }
        }
    }
}
