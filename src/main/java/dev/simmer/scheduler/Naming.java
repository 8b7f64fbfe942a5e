package dev.simmer.scheduler;

import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The names of tasks and of sets of tasks. A name means one task of a set at most; a workspace has
 * one set at a time, and may have others that it had before.
 */
final class Naming {
    private Naming() {}

    /** The tasks of a workspace's set by their names, as far as those are wanted. */
    static Map<String, Task> tasksOf(
            State state, WorkspaceId workspace, String session, Predicate<String> wanted) {
        Map<String, Task> named = new HashMap<>();
        for (Task task : state.tasks().values()) {
            if (wanted.test(task.spec().name())
                    && task.spec().session().equals(session)
                    && task.spec().workspace().equals(workspace)) {
                named.put(task.spec().name(), task);
            }
        }
        return named;
    }

    static Reply rename(Transition step, Event.RenameRequested request) {
        Task task = step.state().tasks().get(request.id());
        if (task == null) {
            return new Reply.Refused("there is no task " + request.id());
        }
        if (request.name().isBlank()) {
            return new Reply.Refused("a task's name is not blank");
        }
        Task other =
                tasksOf(
                                step.state(),
                                task.spec().workspace(),
                                task.spec().session(),
                                request.name()::equals)
                        .get(request.name());
        if (other != null && !other.id().equals(task.id())) {
            return new Reply.Refused(
                    "there is a task named " + request.name() + " already: " + other.id());
        }
        step.put(task.described(task.spec().edit().name(request.name()).build()));
        return new Reply.Accepted(List.of(task.id()));
    }

    static Reply openSession(Transition step, Event.SessionRequested request) {
        WorkspaceId workspace = request.workspace();
        String name = request.name();
        if (name.isBlank()) {
            return new Reply.Refused("a session's name is not blank");
        }
        WorkspaceRules rules = step.state().rulesOf(workspace);
        SortedSet<String> known = sessions(step.state(), workspace);
        if (known.contains(name)) {
            step.rules(workspace, rules.in(name));
            return new Reply.Accepted(List.of());
        }
        return switch (request.how()) {
            case OPEN -> {
                known.remove("");
                yield new Reply.Refused(
                        "there is no session named "
                                + name
                                + " in "
                                + workspace
                                + (known.isEmpty()
                                        ? ", nor any other with a name"
                                        : ", but these: " + String.join(", ", known)));
            }
            case NAME_OR_OPEN -> {
                step.rules(workspace, rules.in(name));
                yield new Reply.Accepted(
                        rules.session().isEmpty() ? move(step, workspace, "", name) : List.of());
            }
        };
    }

    static Reply renameSession(Transition step, Event.SessionRenameRequested request) {
        WorkspaceId workspace = request.workspace();
        String to = request.to();
        if (to.isBlank()) {
            return new Reply.Refused("a session's name is not blank");
        }
        SortedSet<String> known = sessions(step.state(), workspace);
        if (!known.contains(request.from())) {
            return new Reply.Refused(
                    request.from().isEmpty()
                            ? "there is no session without a name in " + workspace
                            : "there is no session named " + request.from() + " in " + workspace);
        }
        if (request.from().equals(to)) {
            return new Reply.Accepted(List.of());
        }
        if (known.contains(to)) {
            return new Reply.Refused("there is a session named " + to + " already");
        }
        WorkspaceRules rules = step.state().rulesOf(workspace);
        if (rules.session().equals(request.from())) {
            step.rules(workspace, rules.in(to));
        }
        return new Reply.Accepted(move(step, workspace, request.from(), to));
    }

    /** The names of a workspace's sets of tasks; the one that it has now is always among them. */
    private static SortedSet<String> sessions(State state, WorkspaceId workspace) {
        SortedSet<String> names = new TreeSet<>();
        names.add(state.rulesOf(workspace).session());
        for (Task task : state.tasks().values()) {
            if (task.spec().workspace().equals(workspace)) {
                names.add(task.spec().session());
            }
        }
        return names;
    }

    private static List<TaskId> move(
            Transition step, WorkspaceId workspace, String from, String to) {
        List<TaskId> moved = new ArrayList<>();
        for (Task task : step.state().tasks().values()) {
            if (task.spec().workspace().equals(workspace) && task.spec().session().equals(from)) {
                step.put(task.described(task.spec().edit().session(to).build()));
                moved.add(task.id());
            }
        }
        return moved;
    }

    /** The name with the first number behind it that is free, where the name itself is not. */
    static String free(String name, Predicate<String> taken) {
        String free = name;
        for (int number = 2; taken.test(free); number++) {
            free = name + " " + number;
        }
        return free;
    }

    /** Whether a task stays as it is when one of its name is submitted. */
    static boolean stays(Task task, Request.Existing existing) {
        boolean keep = existing == Request.Existing.KEEP;
        return switch (task.state()) {
            case TaskState.Dormant _ -> false;
            case TaskState.Ended(long _, var outcome) ->
                    keep
                            && switch (outcome.phase()) {
                                case KILLED, SKIPPED, LOST -> false;
                                case SUCCEEDED,
                                        FAILED,
                                        TIMED_OUT,
                                        WAITING,
                                        STARTING,
                                        RUNNING,
                                        READY,
                                        PAUSED,
                                        STOPPING,
                                        BACKOFF ->
                                        true;
                            };
            case TaskState.Blocked _, TaskState.Queued _, TaskState.Backoff _, TaskState.Active _ ->
                    true;
        };
    }
}
