package dev.simmer.scheduler;

import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Need;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePVector;

/**
 * Taking on tasks. All or none of a submission are taken. A task whose name is taken in its
 * workspace's set of tasks becomes, as the submission says, another one with a number, the same one
 * anew, or nothing.
 */
final class Intake {
    private final State state;
    private final Event.TasksSubmitted submitted;
    private final WorkspaceRules rules;
    private final WorkspaceId workspace;
    private final Map<String, Task> known;

    /** What becomes of each name that was submitted. */
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /**
     * A submitted task.
     *
     * @param before the task that is begun anew, or left as it is
     * @param kept whether it is left as it is
     */
    private record Draft(
            TaskId id,
            TaskSpec spec,
            MemoryEstimate expected,
            long usualMillis,
            @Nullable Task before,
            boolean kept) {}

    private Intake(State state, Event.TasksSubmitted submitted, WorkspaceId workspace) {
        this.state = state;
        this.submitted = submitted;
        this.rules =
                new WorkspaceRules(
                        submitted.limits(),
                        submitted.failFast(),
                        state.rulesOf(workspace).session());
        this.workspace = workspace;
        Set<String> names = new HashSet<>();
        for (Event.NewTask each : submitted.tasks()) {
            names.add(each.spec().name());
            each.spec().needs().forEach(need -> names.add(need.task()));
        }
        this.known = Naming.tasksOf(state, workspace, rules.session(), names::contains);
    }

    static Reply take(Transition step, Event.TasksSubmitted submitted) {
        if (submitted.tasks().isEmpty()) {
            return new Reply.Accepted(List.of());
        }
        WorkspaceId workspace = submitted.tasks().getFirst().spec().workspace();
        return new Intake(step.state(), submitted, workspace).take(step);
    }

    private Reply take(Transition step) {
        for (Event.NewTask each : submitted.tasks()) {
            Optional<String> wrong = draft(each);
            if (wrong.isPresent()) {
                return new Reply.Refused(wrong.get());
            }
        }
        Map<TaskId, Task> tasks = new TreeMap<>();
        for (Draft draft : drafts.values()) {
            List<ResolvedNeed> needs = new ArrayList<>();
            for (Need need : draft.kept() ? List.<Need>of() : draft.spec().needs()) {
                TaskId other = resolve(need.task());
                if (other == null) {
                    return new Reply.Refused(
                            draft.spec().name()
                                    + " needs "
                                    + need.task()
                                    + ", which does not exist");
                }
                needs.add(new ResolvedNeed(other, need.task(), need.condition()));
            }
            if (!draft.kept()) {
                tasks.put(draft.id(), task(draft, List.copyOf(needs)));
            }
        }
        Optional<String> circle = circle(tasks);
        if (circle.isPresent()) {
            return new Reply.Refused("tasks need one another in a circle: " + circle.get());
        }
        step.rules(workspace, rules);
        for (Task task : tasks.values()) {
            if (state.tasks().containsKey(task.id())) {
                step.respecify(task);
            } else {
                step.add(task);
            }
        }
        Map<TaskId, Long> millis = new TreeMap<>();
        for (Draft draft : drafts.values()) {
            if (!draft.kept()) {
                millis.put(draft.id(), draft.usualMillis());
            }
        }
        if (millis.values().stream().anyMatch(each -> each > 0)) {
            step.tails(Tails.plus(step.state(), millis));
        }
        for (Draft draft : drafts.values()) {
            if (!draft.kept() && draft.spec().autostart()) {
                Requests.wake(step, draft.id());
            }
        }
        return new Reply.Accepted(drafts.values().stream().map(Draft::id).toList());
    }

    /** Finds out what becomes of a submitted task; why nothing can, if so. */
    private Optional<String> draft(Event.NewTask each) {
        TaskSpec spec = each.spec();
        String name = spec.name();
        if (state.tasks().containsKey(each.id())) {
            throw new IllegalArgumentException("task " + each.id() + " exists already");
        }
        if (!spec.workspace().equals(workspace)) {
            return Optional.of("tasks of two workspaces are not taken on together");
        }
        if (drafts.containsKey(name)) {
            return Optional.of("two tasks are named " + name);
        }
        Task before = known.get(name);
        if (before != null && submitted.existing() == Request.Existing.NUMBER) {
            Map<String, Task> all = Naming.tasksOf(state, workspace, rules.session(), any -> true);
            String free = Naming.free(name, other -> all.containsKey(other) || taken(other));
            spec = spec.edit().name(free).build();
            before = null;
        }
        if (!spec.session().equals(rules.session())) {
            spec = spec.edit().session(rules.session()).build();
        }
        if (before == null) {
            drafts.put(name, draft(each, spec, null, false));
            return Optional.empty();
        }
        boolean stays = Naming.stays(before, submitted.existing());
        if (stays && submitted.existing() == Request.Existing.REFUSE) {
            return Optional.of(
                    "there is a task named "
                            + name
                            + " already, number "
                            + before.id()
                            + ", which runs or waits: restart that one, or choose another name");
        }
        drafts.put(name, draft(each, spec, before, stays));
        return Optional.empty();
    }

    private static Draft draft(
            Event.NewTask submitted, TaskSpec spec, @Nullable Task before, boolean kept) {
        return new Draft(
                before == null ? submitted.id() : before.id(),
                spec,
                submitted.expected(),
                submitted.usualMillis(),
                before,
                kept);
    }

    private boolean taken(String name) {
        return submitted.tasks().stream().anyMatch(each -> each.spec().name().equals(name))
                || drafts.values().stream().anyMatch(each -> each.spec().name().equals(name));
    }

    /** A name means the submission's task, else the one of the workspace's set of tasks. */
    private @Nullable TaskId resolve(String name) {
        Draft own = drafts.get(name);
        if (own != null) {
            return own.id();
        }
        Task other = known.get(name);
        return other == null ? null : other.id();
    }

    private static Task task(Draft draft, List<ResolvedNeed> needs) {
        Task before = draft.before();
        return before != null
                ? before.described(draft.spec(), needs, draft.expected())
                : new Task(
                        draft.id(),
                        draft.spec(),
                        needs,
                        draft.expected(),
                        new TaskState.Dormant(),
                        0,
                        0,
                        false,
                        TreePVector.empty());
    }

    /** Tasks that would need one another, if any did, as {@code a, b, c}. */
    private Optional<String> circle(Map<TaskId, Task> changed) {
        Map<TaskId, Task> left = withAllThatTheyNeed(changed);
        Map<TaskId, Integer> open = new HashMap<>();
        Map<TaskId, List<TaskId>> dependents = new HashMap<>();
        Deque<TaskId> free = new ArrayDeque<>();
        for (Task task : left.values()) {
            int needs = 0;
            for (ResolvedNeed need : task.needs()) {
                if (left.containsKey(need.task())) {
                    needs++;
                    dependents.computeIfAbsent(need.task(), _ -> new ArrayList<>()).add(task.id());
                }
            }
            open.put(task.id(), needs);
            if (needs == 0) {
                free.add(task.id());
            }
        }
        for (TaskId id = free.poll(); id != null; id = free.poll()) {
            left.remove(id);
            for (TaskId dependent : dependents.getOrDefault(id, List.of())) {
                if (open.merge(dependent, -1, Integer::sum) == 0) {
                    free.add(dependent);
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

    private Map<TaskId, Task> withAllThatTheyNeed(Map<TaskId, Task> changed) {
        Map<TaskId, Task> all = new TreeMap<>(changed);
        Deque<Task> open = new ArrayDeque<>(changed.values());
        for (Task task = open.poll(); task != null; task = open.poll()) {
            for (ResolvedNeed need : task.needs()) {
                Task other = state.tasks().get(need.task());
                if (other != null && all.putIfAbsent(need.task(), other) == null) {
                    open.add(other);
                }
            }
        }
        return all;
    }
}
