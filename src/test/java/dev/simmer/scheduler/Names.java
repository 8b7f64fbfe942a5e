package dev.simmer.scheduler;

import static dev.simmer.scheduler.Witness.hold;

import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules of names, of sets of tasks and of forgetting, from a witness's own books. */
final class Names {
    private final Witness witness;
    private final Map<WorkspaceId, String> sessions = new TreeMap<>();

    Names(Witness witness) {
        this.witness = witness;
    }

    Names(Witness witness, Names other) {
        this.witness = witness;
        sessions.putAll(other.sessions);
    }

    private String session(WorkspaceId workspace) {
        return sessions.getOrDefault(workspace, "");
    }

    private @Nullable TaskId named(WorkspaceId workspace, String session, String name) {
        for (Life.Seen seen : witness.tasks.values()) {
            TaskSpec spec = seen.task.spec();
            if (spec.workspace().equals(workspace)
                    && spec.session().equals(session)
                    && spec.name().equals(name)) {
                return seen.task.id();
            }
        }
        return null;
    }

    /** Writes down what was granted. */
    void granted(State before, Event event, Decision decision) {
        if (!(decision.reply().orElse(null) instanceof Reply.Accepted(List<TaskId> ids))) {
            if (event instanceof Event.ForgetRequested forget) {
                refusedToForget(before, forget);
            }
            return;
        }
        switch (event) {
            case Event.TasksSubmitted submitted -> submitted(before, submitted, ids, decision);
            case Event.RenameRequested(long _, TaskId id, String name) -> {
                Life.Seen seen = witness.seen(id);
                TaskSpec spec = seen.task.spec();
                TaskId other = named(spec.workspace(), spec.session(), name);
                hold(other == null || other.equals(id), Rule.NAMES, "%s became %s", id, name);
                respecify(seen, spec.edit().name(name).build());
            }
            case Event.SessionRequested(long _, var workspace, String name, var how) -> {
                boolean known = session(workspace).equals(name);
                boolean unnamed = session(workspace).isEmpty();
                for (Life.Seen seen : witness.tasks.values()) {
                    known |= in(seen, workspace, name);
                }
                hold(known || how != Request.SessionChange.OPEN, Rule.NAMES, "opened %s", name);
                sessions.put(workspace, name);
                if (!known && unnamed) {
                    move(workspace, "", name);
                }
            }
            case Event.SessionRenameRequested(long _, var workspace, String from, String to) -> {
                if (session(workspace).equals(from)) {
                    sessions.put(workspace, to);
                }
                move(workspace, from, to);
            }
            case Event.ForgetRequested forget -> forgotten(before, forget, ids, decision);
            default -> {}
        }
    }

    private static boolean in(Life.Seen seen, WorkspaceId workspace, String session) {
        return seen.task.spec().workspace().equals(workspace)
                && seen.task.spec().session().equals(session);
    }

    private void move(WorkspaceId workspace, String from, String to) {
        for (Life.Seen seen : witness.tasks.values()) {
            if (in(seen, workspace, from)) {
                respecify(seen, seen.task.spec().edit().session(to).build());
            }
        }
    }

    private static void respecify(Life.Seen seen, TaskSpec spec) {
        seen.task = new Event.NewTask(seen.task.id(), spec, seen.task.expected());
    }

    private void submitted(
            State before, Event.TasksSubmitted submitted, List<TaskId> ids, Decision decision) {
        hold(ids.size() == submitted.tasks().size(), Rule.REPLIES, "%s: %s", submitted, ids);
        Map<String, TaskId> own = new TreeMap<>();
        for (int i = 0; i < ids.size(); i++) {
            own.put(submitted.tasks().get(i).spec().name(), ids.get(i));
        }
        WorkspaceId workspace = submitted.tasks().getFirst().spec().workspace();
        for (int i = 0; i < ids.size(); i++) {
            Event.NewTask each = submitted.tasks().get(i);
            TaskId old = named(workspace, session(workspace), each.spec().name());
            TaskId id = ids.get(i);
            Task was = before.tasks().get(id);
            Task is = decision.state().task(id);
            if (was == null) {
                boolean number = submitted.existing() == Request.Existing.NUMBER;
                boolean renamed = !is.spec().name().equals(each.spec().name());
                hold(id.equals(each.id()), Rule.NAMES, "%s became %s", each.id(), id);
                hold(old == null || number, Rule.NAMES, "two are named %s", each.spec().name());
                hold(renamed == (old != null), Rule.NAMES, "%s is named %s", id, is.spec().name());
                TaskSpec spec = entered(each.spec(), workspace, is.spec().name());
                Event.NewTask known = new Event.NewTask(id, spec, each.expected());
                witness.tasks.put(
                        id, new Life.Seen(known, resolve(each.spec(), own, decision.state())));
                continue;
            }
            hold(id.equals(old), Rule.NAMES, "%s was taken for %s", id, each.spec().name());
            if (stays(was, submitted.existing())) {
                hold(
                        submitted.existing() != Request.Existing.REFUSE,
                        Rule.NAMES,
                        "%s runs and was not refused",
                        id);
                hold(is.spec().equals(was.spec()), Rule.NAMES, "%s became another", id);
            } else {
                Life.Seen seen = witness.seen(id);
                TaskSpec spec = entered(each.spec(), workspace, each.spec().name());
                seen.task = new Event.NewTask(id, spec, each.expected());
                seen.needs = resolve(each.spec(), own, decision.state());
            }
        }
        for (Event.NewTask each : submitted.tasks()) {
            witness.rules.put(
                    each.spec().workspace(),
                    new WorkspaceRules(submitted.limits(), submitted.failFast(), ""));
        }
    }

    private TaskSpec entered(TaskSpec spec, WorkspaceId workspace, String name) {
        return spec.edit().name(name).session(session(workspace)).build();
    }

    private static boolean stays(Task task, Request.Existing existing) {
        if (task.state() instanceof TaskState.Dormant) {
            return false;
        }
        if (!(task.state() instanceof TaskState.Ended ended)) {
            return true;
        }
        boolean byItself =
                !(ended.outcome() instanceof Outcome.Stopped)
                        && !(ended.outcome() instanceof Outcome.Skipped)
                        && !(ended.outcome() instanceof Outcome.Lost);
        return existing == Request.Existing.KEEP && byItself;
    }

    /** A name means a task of the same submission, else the one of the set. */
    private List<ResolvedNeed> resolve(TaskSpec spec, Map<String, TaskId> own, State after) {
        List<ResolvedNeed> needs = new ArrayList<>();
        for (Need need : spec.needs()) {
            TaskId other = own.get(need.task());
            if (other == null) {
                other = named(spec.workspace(), session(spec.workspace()), need.task());
            }
            if (other == null || !after.tasks().containsKey(other)) {
                throw new Broken(Rule.NEEDS, spec.name() + " was accepted, without " + need);
            }
            needs.add(new ResolvedNeed(other, need.task(), need.condition()));
        }
        return needs;
    }

    private void forgotten(
            State before, Event.ForgetRequested forget, List<TaskId> ids, Decision decision) {
        Set<TaskId> gone = new HashSet<>(ids);
        for (TaskId id : ids) {
            hold(forget.ids().contains(id), Rule.FORGETS, "nobody asked to forget %s", id);
            hold(mayGo(before, id, gone), Rule.FORGETS, "%s may not be forgotten", id);
            hold(
                    decision.effects().contains(new Effect.DiscardTask(id))
                            && decision.news().forgotten().contains(id)
                            && !decision.state().tasks().containsKey(id),
                    Rule.FORGETS,
                    "%s is half forgotten",
                    id);
            witness.tasks.remove(id);
        }
        for (TaskId id : forget.ids()) {
            hold(
                    gone.contains(id) || !mayGo(before, id, gone),
                    Rule.FORGETS,
                    "%s might have been forgotten",
                    id);
        }
    }

    private void refusedToForget(State before, Event.ForgetRequested forget) {
        if (before.tasks().keySet().containsAll(forget.ids())) {
            for (TaskId id : forget.ids()) {
                hold(
                        !mayGo(before, id, Set.of(id)),
                        Rule.FORGETS,
                        "%s might have been forgotten",
                        id);
            }
        }
    }

    private boolean mayGo(State before, TaskId id, Set<TaskId> together) {
        TaskState is = before.task(id).state();
        if (!(is instanceof TaskState.Ended) && !(is instanceof TaskState.Dormant)) {
            return false;
        }
        for (Life.Seen other : witness.tasks.values()) {
            TaskId dependent = other.task.id();
            boolean needs = other.needs.stream().anyMatch(need -> need.task().equals(id));
            if (needs
                    && !together.contains(dependent)
                    && before.tasks().containsKey(dependent)
                    && !(before.task(dependent).state() instanceof TaskState.Ended)) {
                return false;
            }
        }
        return true;
    }

    /** Tasks are called as the books say. */
    void check(Event event, State after) {
        boolean naming =
                switch (event) {
                    case Event.TasksSubmitted _,
                            Event.RenameRequested _,
                            Event.SessionRequested _,
                            Event.SessionRenameRequested _,
                            Event.ForgetRequested _,
                            Event.Recovered _ ->
                            true;
                    default -> false;
                };
        if (!naming) {
            return;
        }
        Set<List<Object>> names = new HashSet<>();
        for (Task task : after.tasks().values()) {
            TaskSpec spec = task.spec();
            hold(
                    names.add(List.of(spec.workspace(), spec.session(), spec.name())),
                    Rule.NAMES,
                    "two tasks are named %s",
                    spec.name());
            hold(
                    spec.name().equals(witness.seen(task.id()).task.spec().name())
                            && spec.session().equals(witness.seen(task.id()).task.spec().session()),
                    Rule.NAMES,
                    "%s is %s",
                    task.id(),
                    spec);
        }
        sessions.forEach((workspace, session) ->
                hold(
                        after.rulesOf(workspace).session().equals(session),
                        Rule.NAMES,
                        "%s has the set %s",
                        workspace,
                        after.rulesOf(workspace).session()));
    }
}
