package dev.simmer.scheduler;

import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * All that the scheduler knows. Immutable; its collections share structure with those of earlier
 * states and iterate in a defined order, so that the same events give the same decisions.
 *
 * @param now the time of the newest event
 * @param tasks all tasks
 * @param rules the rules of each workspace
 * @param queue tasks in {@link TaskState.Queued}, in the order in which they are considered
 * @param active tasks in {@link TaskState.Active}
 * @param backingOff tasks in {@link TaskState.Backoff}
 * @param adopting tasks of an earlier engine whose processes have not been found again yet; until
 *     all have been, nothing starts and no time limit runs out
 * @param dependents for each task those that need it
 * @param host the newest look at the host
 * @param stress what is remembered of how short memory is
 * @param tails how long a task and those that need it are expected to take one after another, in
 *     milliseconds, as far as that is known
 */
public record State(
        long now,
        PSortedMap<TaskId, Task> tasks,
        PSortedMap<WorkspaceId, WorkspaceRules> rules,
        PSortedSet<QueueKey> queue,
        PSortedSet<TaskId> active,
        PSortedSet<TaskId> backingOff,
        PSortedSet<TaskId> adopting,
        PSortedMap<TaskId, PSortedSet<TaskId>> dependents,
        Optional<HostReading> host,
        Stress stress,
        PSortedMap<TaskId, Long> tails) {

    /** Knows nothing. */
    public static final State EMPTY =
            new State(
                    0,
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePSet.empty(),
                    TreePSet.empty(),
                    TreePSet.empty(),
                    TreePSet.empty(),
                    TreePMap.empty(),
                    Optional.empty(),
                    Stress.NONE,
                    TreePMap.empty());

    /**
     * A task's place in the queue.
     *
     * @param rank when it queued up, moved back by the waiting time that its priority is worth, and
     *     by the time that it and those that need it will take, halved for a small task and half as
     *     much again for a big one, {@link #LONGEST_CREDIT_MILLIS} at most: what takes long or much
     *     had better begin early, while there is something small to run beside it. So an old task
     *     of low priority comes before a new one of high priority some day
     * @param id settles ties
     */
    public record QueueKey(long rank, TaskId id) implements Comparable<QueueKey> {
        /** What begins early because it takes long comes before nobody who waits for longer. */
        static final long LONGEST_CREDIT_MILLIS = 300_000;

        /**
         * A task that expects so much gets twice the credit of one that expects next to nothing.
         */
        private static final double MIDDLE_BYTES = 2L << 30;

        static QueueKey of(PSortedMap<TaskId, Long> tails, Task task, TaskState.Queued queued) {
            long tail = tails.getOrDefault(task.id(), 0L);
            double bytes = task.expected().bytes();
            double size = bytes / (bytes + MIDDLE_BYTES);
            long credit = (long) Math.min(LONGEST_CREDIT_MILLIS, tail * (0.5 + size));
            long head = task.spec().priority() * dev.simmer.model.TaskSpec.PRIORITY_STEP.toMillis();
            return new QueueKey(queued.since() - head - credit, task.id());
        }

        @Override
        public int compareTo(QueueKey other) {
            int order = Long.compare(rank, other.rank);
            return order != 0 ? order : id.compareTo(other.id);
        }
    }

    /**
     * The task with this id.
     *
     * @throws IllegalArgumentException where there is none
     */
    public Task task(TaskId id) {
        Task task = tasks.get(id);
        if (task == null) {
            throw new IllegalArgumentException("no task " + id);
        }
        return task;
    }

    State at(long time) {
        return with(parts -> parts.now = time);
    }

    State withHost(HostReading reading) {
        return with(parts -> parts.host = Optional.of(reading));
    }

    State withStress(Stress changed) {
        return with(parts -> parts.stress = changed);
    }

    /** The same with other tails, and the queue in the order that follows. */
    State withTails(PSortedMap<TaskId, Long> changed) {
        PSortedSet<QueueKey> ordered = TreePSet.empty();
        for (QueueKey key : queue) {
            Task task = task(key.id());
            if (task.state() instanceof TaskState.Queued queued) {
                ordered = ordered.plus(QueueKey.of(changed, task, queued));
            }
        }
        PSortedSet<QueueKey> reordered = ordered;
        return with(parts -> {
            parts.queue = reordered;
            parts.tails = changed;
        });
    }

    State withRules(WorkspaceId workspace, WorkspaceRules changed) {
        return with(parts -> parts.rules = rules.plus(workspace, changed));
    }

    State withDependents(PSortedMap<TaskId, PSortedSet<TaskId>> changed) {
        return with(parts -> parts.dependents = changed);
    }

    State withAdopting(PSortedSet<TaskId> changed) {
        return with(parts -> parts.adopting = changed);
    }

    /** The same with a task replaced, and the sets that are derived from its state. */
    State withTask(
            Task task,
            PSortedSet<QueueKey> newQueue,
            PSortedSet<TaskId> newActive,
            PSortedSet<TaskId> newBackingOff) {
        return with(parts -> {
            parts.tasks = tasks.plus(task.id(), task);
            parts.queue = newQueue;
            parts.active = newActive;
            parts.backingOff = newBackingOff;
        });
    }

    /** The same without a task that is in none of the derived sets. */
    State without(TaskId id) {
        return with(parts -> {
            parts.tasks = tasks.minus(id);
            parts.tails = tails.minus(id);
        });
    }

    private State with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.state();
    }

    /** The parts of a state that is being made from another one. */
    private static final class Parts {
        private long now;
        private PSortedMap<TaskId, Task> tasks;
        private PSortedMap<WorkspaceId, WorkspaceRules> rules;
        private PSortedSet<QueueKey> queue;
        private PSortedSet<TaskId> active;
        private PSortedSet<TaskId> backingOff;
        private PSortedSet<TaskId> adopting;
        private PSortedMap<TaskId, PSortedSet<TaskId>> dependents;
        private Optional<HostReading> host;
        private Stress stress;
        private PSortedMap<TaskId, Long> tails;

        private Parts(State from) {
            now = from.now;
            tasks = from.tasks;
            rules = from.rules;
            queue = from.queue;
            active = from.active;
            backingOff = from.backingOff;
            adopting = from.adopting;
            dependents = from.dependents;
            host = from.host;
            stress = from.stress;
            tails = from.tails;
        }

        private State state() {
            return new State(
                    now,
                    tasks,
                    rules,
                    queue,
                    active,
                    backingOff,
                    adopting,
                    dependents,
                    host,
                    stress,
                    tails);
        }
    }

    /** The rules of a workspace. */
    public WorkspaceRules rulesOf(WorkspaceId workspace) {
        return rules.getOrDefault(workspace, WorkspaceRules.DEFAULT);
    }

    /** The rules of a task's workspace. */
    public WorkspaceRules rulesOf(Task task) {
        WorkspaceRules found = rules.get(task.spec().workspace());
        if (found == null) {
            throw new IllegalStateException("no rules for " + task.spec().workspace());
        }
        return found;
    }

    /** Whether the task counts against {@code limits.heavy}. */
    public boolean heavy(Task task) {
        return task.spec()
                .heavy()
                .orElse(task.expected().bytes() >= rulesOf(task).limits().heavyFromBytes());
    }

    /** The next moment at which {@link Event.TimePassed} changes something. */
    public OptionalLong nextDeadline() {
        if (!adopting.isEmpty()) {
            return OptionalLong.empty();
        }
        long next = Long.MAX_VALUE;
        for (TaskId id : active) {
            next = Math.min(next, deadline(task(id).state()));
        }
        for (TaskId id : backingOff) {
            next = Math.min(next, deadline(task(id).state()));
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    private static long deadline(TaskState state) {
        return switch (state) {
            case TaskState.Running running ->
                    Math.min(
                            running.timeoutAt().orElse(Long.MAX_VALUE),
                            running.readyBy().orElse(Long.MAX_VALUE));
            case TaskState.Stopping stopping ->
                    stopping.killed() ? Long.MAX_VALUE : stopping.killAt();
            case TaskState.Backoff backoff -> backoff.until();
            case TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Starting _,
                    TaskState.Paused _,
                    TaskState.Ended _ ->
                    Long.MAX_VALUE;
        };
    }
}
