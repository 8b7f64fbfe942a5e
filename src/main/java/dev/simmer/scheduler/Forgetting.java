package dev.simmer.scheduler;

import dev.simmer.model.Reply;
import dev.simmer.model.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pcollections.PSortedSet;

/** Forgetting tasks that nobody waits for any more. */
final class Forgetting {
    private Forgetting() {}

    /** Forgets those that may be; refuses where none may. */
    static Reply forget(Transition step, Set<TaskId> ids) {
        for (TaskId id : ids) {
            if (!step.state().tasks().containsKey(id)) {
                return new Reply.Refused("there is no task " + id);
            }
        }
        Set<TaskId> going = new TreeSet<>(ids);
        String first = "";
        boolean fewer = true;
        // What stays may keep others from going.
        while (fewer) {
            fewer = false;
            for (TaskId id : new TreeSet<>(going)) {
                Optional<String> kept = kept(step, step.task(id), going);
                if (kept.isPresent()) {
                    first = first.isEmpty() ? kept.get() : first;
                    going.remove(id);
                    fewer = true;
                }
            }
        }
        if (going.isEmpty() && !ids.isEmpty()) {
            return new Reply.Refused(first);
        }
        for (TaskId id : going) {
            step.forget(step.task(id));
        }
        return new Reply.Accepted(List.copyOf(going));
    }

    /** Why a task cannot be forgotten together with others, if it cannot. */
    private static Optional<String> kept(Transition step, Task task, Set<TaskId> going) {
        String name = task.spec().name();
        boolean resting =
                switch (task.state()) {
                    case TaskState.Ended _, TaskState.Dormant _ -> true;
                    case TaskState.Blocked _,
                            TaskState.Queued _,
                            TaskState.Backoff _,
                            TaskState.Active _ ->
                            false;
                };
        if (!resting) {
            return Optional.of(name + " runs or waits: stop it first");
        }
        PSortedSet<TaskId> dependents = step.state().dependents().get(task.id());
        if (dependents != null) {
            for (TaskId id : dependents) {
                Task dependent = step.task(id);
                if (!(dependent.state() instanceof TaskState.Ended) && !going.contains(id)) {
                    return Optional.of(
                            name
                                    + " is needed by "
                                    + dependent.spec().name()
                                    + ", which has not"
                                    + " ended");
                }
            }
        }
        return Optional.empty();
    }
}
