package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import java.util.List;
import java.util.Optional;

/** {@code simmer rename}: another name for a task, or for a set of tasks. */
final class RenameCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer rename", "give a task, or a set of tasks, another name")
                .about(
                        "Gives a task another name; tasks that need it go on meaning it. With"
                                + " --session: gives",
                        "the set of tasks that this workspace has now, or the one named OLD,"
                                + " another name.")
                .operands("ID NAME | --session [OLD] NEW", 1, 2)
                .flag("Rename a set of tasks.", "--session")
                .json()
                .example("simmer rename 7 nightly-build", "")
                .example("simmer rename --session login-page", "name the present set of tasks")
                .example("simmer rename --session login-page checkout", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        List<String> words = call.words().operands();
        if (words.getLast().isBlank()) {
            throw CommandRefused.usage("the new name must not be empty");
        }
        return call.words().has("--session") ? session(call, words) : task(call, words);
    }

    private static int task(Call call, List<String> words)
            throws CommandRefused, SupervisorFailure {
        if (words.size() != 2) {
            throw CommandRefused.usage("`simmer rename` needs ID NAME; try --help");
        }
        Values.name("the new name", words.getLast());
        Optional<Connection> found = call.supervisor().look();
        List<TaskView> tasks =
                new Lookup(Here.of(call.around())).find(found, List.of(words.getFirst()));
        try (Connection connection = found.orElseThrow()) {
            TaskView task = tasks.getFirst();
            String name = words.getLast();
            Acting.ask(connection, new Request.Rename(task.id(), name));
            if (call.words().has("--json")) {
                JsonObject named = new JsonObject().put("id", task.id().value()).put("name", name);
                JsonObject json = new JsonObject().put("done", "rename");
                call.around().say(json.put("tasks", List.of(named)).toString());
            } else {
                call.around().say(Acting.name(task) + " is now named " + TerminalText.plain(name));
            }
            return ExitCode.OK;
        }
    }

    private static int session(Call call, List<String> words)
            throws CommandRefused, SupervisorFailure {
        WorkspaceId here = Here.of(call.around());
        try (Connection connection = call.supervisor().connect()) {
            String from =
                    words.size() == 2
                            ? words.getFirst()
                            : Here.session(connection.snapshot(Here.WORKSPACES_ONLY), here);
            Acting.ask(connection, new Request.RenameSession(here, from, words.getLast()));
            if (call.words().has("--json")) {
                JsonObject json = new JsonObject().put("done", "rename");
                json.put("workspace", here.toString())
                        .put("from", from)
                        .put("session", words.getLast());
                call.around().say(json.toString());
            } else {
                call.around()
                        .say(
                                "this workspace's tasks are now session "
                                        + TerminalText.plain(words.getLast()));
            }
            return ExitCode.OK;
        }
    }
}
