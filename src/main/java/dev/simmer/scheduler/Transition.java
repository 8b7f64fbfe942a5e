package dev.simmer.scheduler;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Outcome;
import dev.simmer.model.Reply;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.PVector;
import org.pcollections.TreePSet;

/**
 * One step from a state to the next: collects changes and effects, and keeps what is derived from
 * the tasks (queue, active set, needs) true. Lives for one decision.
 */
final class Transition {
    private static final int MAX_HISTORY = 50;

    private State state;
    private final List<Effect> effects = new ArrayList<>();
    private final ArrayDeque<TaskId> changed = new ArrayDeque<>();
    private final Set<TaskId> touched = new TreeSet<>();
    private Set<TaskId> forgotten = Set.of();
    private Set<WorkspaceId> ruled = Set.of();
    private boolean sampleWanted;

    Transition(State before, long now) {
        if (now < before.now()) {
            throw new IllegalArgumentException("time went back: " + before.now() + " to " + now);
        }
        state = before.at(now);
    }

    State state() {
        return state;
    }

    long now() {
        return state.now();
    }

    Task task(TaskId id) {
        return state.task(id);
    }

    /** The task whose current attempt this is; null where that attempt is a thing of the past. */
    @Nullable Task current(AttemptId attempt) {
        Task task = state.tasks().get(attempt.task());
        return task != null
                        && task.state() instanceof TaskState.Active active
                        && active.attempt().id().equals(attempt)
                ? task
                : null;
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    /**
     * Does something to an attempt that lives. What has not been found again yet is left alone: all
     * that is to be done to it follows from its state once it has been.
     */
    void act(AttemptId attempt, Effect effect) {
        if (!state.adopting().contains(attempt.task())) {
            effects.add(effect);
        }
    }

    /** Takes a task out of those that have not been found again; whether it was among them. */
    boolean found(TaskId id) {
        boolean awaited = state.adopting().contains(id);
        if (awaited) {
            state = state.withAdopting(state.adopting().minus(id));
        }
        return awaited;
    }

    void host(HostReading reading) {
        state = state.withHost(reading);
    }

    void tails(PSortedMap<TaskId, Long> tails) {
        state = state.withTails(tails);
    }

    void stress(Stress stress) {
        state = state.withStress(stress);
    }

    void rules(WorkspaceId workspace, WorkspaceRules rules) {
        if (!rules.equals(state.rules().get(workspace))) {
            state = state.withRules(workspace, rules);
            ruled = with(ruled, workspace);
        }
    }

    /** Takes a new task on and enters it with those that it needs. */
    void add(Task task) {
        depend(task);
        put(task);
    }

    /** Takes on all that an engine before this one has saved: none of it is news. */
    void restore(List<Task> tasks, Map<WorkspaceId, WorkspaceRules> rules) {
        var awaited = state.adopting();
        for (Task task : tasks) {
            add(task);
            if (task.state() instanceof TaskState.Active) {
                awaited = awaited.plus(task.id());
            }
        }
        state = state.withAdopting(awaited);
        rules.forEach(this::rules);
        touched.clear();
        ruled = Set.of();
    }

    /** Replaces a task by one that may need others. */
    void respecify(Task task) {
        independ(task(task.id()));
        add(task);
    }

    /** Forgets a task that is in no queue and does not run. */
    void forget(Task task) {
        independ(task);
        state = state.without(task.id());
        touched.remove(task.id());
        forgotten = with(forgotten, task.id());
        effect(new Effect.DiscardTask(task.id()));
    }

    /** Most decisions need none of these sets. */
    private static <T> Set<T> with(Set<T> set, T more) {
        Set<T> all = set.isEmpty() ? new TreeSet<>() : set;
        all.add(more);
        return all;
    }

    private void depend(Task task) {
        var dependents = state.dependents();
        for (ResolvedNeed need : task.needs()) {
            PSortedSet<TaskId> those = dependents.get(need.task());
            dependents =
                    dependents.plus(
                            need.task(),
                            (those == null ? TreePSet.<TaskId>empty() : those).plus(task.id()));
        }
        state = state.withDependents(dependents);
    }

    private void independ(Task task) {
        var dependents = state.dependents();
        for (ResolvedNeed need : task.needs()) {
            PSortedSet<TaskId> those = dependents.get(need.task());
            if (those != null) {
                PSortedSet<TaskId> left = those.minus(task.id());
                dependents =
                        left.isEmpty()
                                ? dependents.minus(need.task())
                                : dependents.plus(need.task(), left);
            }
        }
        state = state.withDependents(dependents);
    }

    /** Replaces a task; the sets that are derived from its state follow. */
    void put(Task task) {
        Task before = state.tasks().get(task.id());
        TaskState was = before == null ? null : before.state();
        TaskState is = task.state();
        var queue = state.queue();
        if (was instanceof TaskState.Queued queued && before != null) {
            queue = queue.minus(State.QueueKey.of(state.tails(), before, queued));
        }
        if (is instanceof TaskState.Queued queued) {
            queue = queue.plus(State.QueueKey.of(state.tails(), task, queued));
        }
        state =
                state.withTask(
                        task,
                        queue,
                        member(state.active(), task.id(), is instanceof TaskState.Active),
                        member(state.backingOff(), task.id(), is instanceof TaskState.Backoff));
        changed.add(task.id());
        touched.add(task.id());
    }

    /** Replaces a task of which only the use of memory has changed. */
    void putUsage(Task task) {
        state = state.withTask(task, state.queue(), state.active(), state.backingOff());
    }

    private static PSortedSet<TaskId> member(PSortedSet<TaskId> set, TaskId id, boolean in) {
        return set.contains(id) == in ? set : in ? set.plus(id) : set.minus(id);
    }

    /**
     * Ends the current attempt of a task: it is remembered, released, and no longer active.
     *
     * @param at when it ended
     */
    Task endAttempt(Task task, Attempt attempt, Outcome outcome, long at) {
        PastAttempt past =
                new PastAttempt(
                        attempt.id().number(),
                        attempt.startedAt(),
                        at,
                        outcome,
                        attempt.peakRssBytes(),
                        attempt.agent().map(AgentEnding::run));
        PVector<PastAttempt> history = task.history().plus(past);
        if (history.size() > MAX_HISTORY) {
            history = history.minus(0);
        }
        boolean keepTmp = outcome.phase().failed() && task.spec().keepTmpOnFailure();
        effect(new Effect.ReleaseAttempt(attempt.id(), keepTmp));
        sampleWanted = true;
        return task.remembering(history);
    }

    /** Brings the needs of all tasks that depend on changed ones up to date, and theirs in turn. */
    void followNeeds() {
        while (!changed.isEmpty()) {
            TaskId id = changed.poll();
            reconsider(id);
            PSortedSet<TaskId> dependents = state.dependents().get(id);
            if (dependents != null) {
                for (TaskId dependent : dependents) {
                    reconsider(dependent);
                }
            }
        }
    }

    private void reconsider(TaskId id) {
        Task task = state.tasks().get(id);
        if (task == null) {
            return;
        }
        boolean blocked = task.state() instanceof TaskState.Blocked;
        boolean queued = task.state() instanceof TaskState.Queued;
        if (!blocked && !queued) {
            return;
        }
        Optional<String> hopeless = Needs.hopeless(state, task);
        if (hopeless.isPresent()) {
            Attempts.giveUp(this, task, hopeless.get());
        } else if (Needs.met(state, task)) {
            if (blocked) {
                put(task.in(new TaskState.Queued(now())));
            }
        } else if (queued) {
            put(task.in(new TaskState.Blocked(now())));
        }
    }

    /**
     * Starts what may start, in the order of the queue. What starts may take the last place of a
     * workspace, or be a service that others wait for; then what was kept for tasks before it is
     * kept no more, so the queue is gone through once more.
     */
    void admit() {
        if (!state.adopting().isEmpty()) {
            return;
        }
        boolean again = true;
        while (again && !state.queue().isEmpty()) {
            again = admitInOrder();
        }
        followNeeds();
    }

    /** Whether something has started while something was kept for others. */
    private boolean admitInOrder() {
        Ledger ledger = new Ledger(state);
        boolean memoryAwaited = false;
        boolean started = false;
        for (State.QueueKey key : state.queue()) {
            Task task = state.task(key.id());
            switch (ledger.judge(task)) {
                case Verdict.Admitted admitted -> {
                    ledger.enter(start(task, admitted.alone()));
                    started = true;
                }
                case Verdict.Held held -> {
                    ledger.keepFor(task, held);
                    memoryAwaited |=
                            held instanceof Verdict.NoMemory
                                    || held instanceof Verdict.MemoryKept
                                    || held instanceof Verdict.TooBig
                                    || held instanceof Verdict.EvictedOften;
                }
            }
            if (ledger.full()) {
                break;
            }
        }
        boolean again = started && ledger.keeps();
        if (memoryAwaited && sampleWanted && !again) {
            effect(new Effect.SampleHost());
        }
        return again;
    }

    private Task start(Task task, boolean alone) {
        AttemptId id = new AttemptId(task.id(), task.attempts() + 1);
        Attempt attempt = Attempt.admitted(id, now(), alone);
        Task starting = task.admitted(new TaskState.Starting(attempt));
        put(starting);
        effect(new Effect.SpawnProcess(id, task.spec(), task.expected()));
        return starting;
    }

    Decision decision(Optional<Reply> reply) {
        boolean none = touched.isEmpty() && forgotten.isEmpty() && ruled.isEmpty();
        Decision.News news =
                none ? Decision.News.NONE : new Decision.News(touched, forgotten, ruled);
        return new Decision(state, effects, reply, news);
    }
}
