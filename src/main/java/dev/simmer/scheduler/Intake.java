package dev.simmer.scheduler;

import dev.simmer.model.Need;
import dev.simmer.model.Reply;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pcollections.TreePVector;

/** Taking on new tasks. All or none of a submission are taken. */
final class Intake {
    private Intake() {}

    static Reply take(Transition step, Event.TasksSubmitted submitted) {
        Map<String, TaskId> names = new TreeMap<>();
        for (Event.NewTask each : submitted.tasks()) {
            if (names.put(each.spec().name(), each.id()) != null) {
                return new Reply.Refused("two tasks are named " + each.spec().name());
            }
            if (step.state().tasks().containsKey(each.id())) {
                throw new IllegalArgumentException("task " + each.id() + " exists already");
            }
        }
        List<Task> tasks = new ArrayList<>();
        for (Event.NewTask each : submitted.tasks()) {
            List<ResolvedNeed> needs = new ArrayList<>();
            for (Need need : each.spec().needs()) {
                Optional<TaskId> other = resolve(step.state(), names, each.spec(), need.task());
                if (other.isEmpty()) {
                    return new Reply.Refused(
                            each.spec().name()
                                    + " needs "
                                    + need.task()
                                    + ", which does not exist");
                }
                needs.add(new ResolvedNeed(other.get(), need.task(), need.condition()));
            }
            tasks.add(
                    new Task(
                            each.id(),
                            each.spec(),
                            List.copyOf(needs),
                            each.expected(),
                            new TaskState.Dormant(),
                            0,
                            0,
                            false,
                            TreePVector.empty()));
        }
        Optional<String> circle = circle(tasks);
        if (circle.isPresent()) {
            return new Reply.Refused("tasks need one another in a circle: " + circle.get());
        }
        enter(step, submitted, tasks);
        return new Reply.Accepted(tasks.stream().map(Task::id).toList());
    }

    private static void enter(Transition step, Event.TasksSubmitted submitted, List<Task> tasks) {
        for (Task task : tasks) {
            step.rules(
                    task.spec().workspace(),
                    new WorkspaceRules(submitted.limits(), submitted.failFast()));
        }
        tasks.forEach(step::add);
        for (Task task : tasks) {
            if (task.spec().autostart()) {
                Requests.wake(step, task.id());
            }
        }
    }

    /** A name means the submission's task, else the newest task of the workspace so named. */
    private static Optional<TaskId> resolve(
            State state, Map<String, TaskId> names, TaskSpec of, String name) {
        TaskId own = names.get(name);
        if (own != null) {
            return Optional.of(own);
        }
        TaskId newest = null;
        for (Task task : state.tasks().values()) {
            if (task.spec().name().equals(name) && task.spec().workspace().equals(of.workspace())) {
                newest = task.id();
            }
        }
        return Optional.ofNullable(newest);
    }

    /** Tasks that need one another, if any do, as {@code a, b, c}. */
    private static Optional<String> circle(List<Task> tasks) {
        Map<TaskId, Task> left = new TreeMap<>();
        tasks.forEach(task -> left.put(task.id(), task));
        Deque<Task> free = new ArrayDeque<>(tasks);
        while (!free.isEmpty()) {
            Task task = free.poll();
            boolean bound = task.needs().stream().anyMatch(need -> left.containsKey(need.task()));
            if (!bound && left.remove(task.id()) != null) {
                for (Task other : left.values()) {
                    if (other.needs().stream().anyMatch(n -> n.task().equals(task.id()))) {
                        free.add(other);
                    }
                }
            }
        }
        if (left.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> names = new TreeSet<>();
        left.values().forEach(task -> names.add(task.spec().name()));
        return Optional.of(String.join(", ", names));
    }
}
