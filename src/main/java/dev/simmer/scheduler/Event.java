package dev.simmer.scheduler;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has happened. Every event carries its time: milliseconds of a clock that never goes back.
 * Events that may lead to a delay carry the randomness for it.
 */
public sealed interface Event {
    /** When it happened. */
    long at();

    /**
     * A task to take on.
     *
     * @param id larger than that of every task before
     * @param usualMillis how long an attempt of it is expected to take; 0 where that is not known
     */
    record NewTask(TaskId id, TaskSpec spec, MemoryEstimate expected, long usualMillis) {
        /** One of which nobody knows how long it takes. */
        public NewTask(TaskId id, TaskSpec spec, MemoryEstimate expected) {
            this(id, spec, expected, 0);
        }
    }

    /**
     * Somebody wants tasks to be taken on. All are of one workspace.
     *
     * @param existing what becomes of a name that is taken
     */
    record TasksSubmitted(
            long at,
            List<NewTask> tasks,
            Limits limits,
            boolean failFast,
            Request.Existing existing)
            implements Event {
        public TasksSubmitted {
            tasks = List.copyOf(tasks);
        }
    }

    /** Somebody wants tasks to be started. */
    record StartRequested(long at, Set<TaskId> ids) implements Event {
        public StartRequested {
            ids = sorted(ids);
        }
    }

    /**
     * Somebody wants tasks to be stopped.
     *
     * @param now whether at once, by SIGKILL
     */
    record StopRequested(long at, Set<TaskId> ids, boolean now) implements Event {
        public StopRequested {
            ids = sorted(ids);
        }
    }

    /** Somebody wants tasks to be started anew. */
    record RestartRequested(long at, Set<TaskId> ids) implements Event {
        public RestartRequested {
            ids = sorted(ids);
        }
    }

    /** Somebody wants tasks to be suspended. */
    record PauseRequested(long at, Set<TaskId> ids) implements Event {
        public PauseRequested {
            ids = sorted(ids);
        }
    }

    /** Somebody wants suspended tasks to go on. */
    record ResumeRequested(long at, Set<TaskId> ids) implements Event {
        public ResumeRequested {
            ids = sorted(ids);
        }
    }

    /** Somebody wants a task to have another name. */
    record RenameRequested(long at, TaskId id, String name) implements Event {}

    /** Somebody wants a workspace to have another set of tasks, or its set to have a name. */
    record SessionRequested(long at, WorkspaceId workspace, String name, Request.SessionChange how)
            implements Event {}

    /** Somebody wants a set of tasks to have another name. */
    record SessionRenameRequested(long at, WorkspaceId workspace, String from, String to)
            implements Event {}

    /** Somebody wants tasks to be forgotten. */
    record ForgetRequested(long at, Set<TaskId> ids) implements Event {
        public ForgetRequested {
            ids = sorted(ids);
        }
    }

    /**
     * What an engine before this one has saved. Comes first, and once.
     *
     * @param tasks in the order of their ids
     */
    record Recovered(long at, List<Task> tasks, Map<WorkspaceId, WorkspaceRules> rules)
            implements Event {
        public Recovered {
            tasks = List.copyOf(tasks);
            rules = Collections.unmodifiableMap(new TreeMap<>(rules));
        }
    }

    /** An attempt of an earlier engine was found alive. */
    record Adopted(long at, AttemptId attempt) implements Event {}

    /**
     * An attempt of an earlier engine was never started.
     *
     * @param jitter from 0 (inclusive) to 1 (exclusive)
     */
    record NeverBegan(long at, AttemptId attempt, double jitter) implements Event {}

    /** A signal has been sent to an attempt, or nothing was left to send it to. */
    record Signalled(long at, AttemptId attempt, Signal signal) implements Event {}

    /**
     * An attempt's output has outgrown its limit.
     *
     * @param byChoice whether it asks to be stopped; else its oldest output cannot be dropped
     */
    record LogLimitReached(long at, AttemptId attempt, boolean byChoice) implements Event {}

    /** An agent has gone beyond what it may, told in words. */
    record AgentStopWanted(long at, AttemptId attempt, AgentStop why, String words)
            implements Event {}

    /** An attempt's process runs. */
    record ProcessStarted(long at, AttemptId attempt) implements Event {}

    /**
     * An attempt's process could not be started.
     *
     * @param jitter from 0 (inclusive) to 1 (exclusive)
     */
    record StartFailed(long at, AttemptId attempt, StartFailure failure, double jitter)
            implements Event {}

    /** An attempt's readiness probe has passed. */
    record BecameReady(long at, AttemptId attempt) implements Event {}

    /**
     * An attempt's main process has ended.
     *
     * @param endedAt when it ended: not after {@code at}; what lies before the attempt's start
     *     counts as its start
     * @param leftovers how many other processes of it live
     * @param outputMatched whether its output matches {@code retry.on_output}
     * @param jitter from 0 (inclusive) to 1 (exclusive)
     * @param memory what the kernel remembers of its memory
     * @param agent what is thought of an agent's run; empty for all else
     */
    record ProcessExited(
            long at,
            AttemptId attempt,
            ExitStatus status,
            long endedAt,
            int leftovers,
            boolean outputMatched,
            double jitter,
            KernelMemory memory,
            Optional<AgentEnding> agent)
            implements Event {
        /** An end that is no agent's. */
        public ProcessExited(
                long at,
                AttemptId attempt,
                ExitStatus status,
                long endedAt,
                int leftovers,
                boolean outputMatched,
                double jitter,
                KernelMemory memory) {
            this(
                    at,
                    attempt,
                    status,
                    endedAt,
                    leftovers,
                    outputMatched,
                    jitter,
                    memory,
                    Optional.empty());
        }

        /** An end that had nothing to do with memory. */
        public ProcessExited(
                long at,
                AttemptId attempt,
                ExitStatus status,
                long endedAt,
                int leftovers,
                boolean outputMatched,
                double jitter) {
            this(at, attempt, status, endedAt, leftovers, outputMatched, jitter, KernelMemory.NONE);
        }
    }

    /**
     * The last of an attempt's leftovers has ended.
     *
     * @param outputMatched whether its output matches {@code retry.on_output}
     * @param jitter from 0 (inclusive) to 1 (exclusive)
     */
    record LeftoversGone(long at, AttemptId attempt, boolean outputMatched, double jitter)
            implements Event {}

    /**
     * The host has been looked at.
     *
     * @param memory what the process trees of running attempts used at the same moment
     */
    record HostSampled(long at, HostReading host, Map<AttemptId, TreeMemory> memory)
            implements Event {
        public HostSampled {
            memory = Collections.unmodifiableMap(new TreeMap<>(memory));
        }
    }

    /**
     * More is known of what tasks will need, from attempts that have ended.
     *
     * @param expected for tasks that may be unknown by now; a raised figure of the scheduler's own
     *     stands until the task has ended by itself
     * @param millis how long an attempt of a task is expected to take, where that is known; may
     *     hold tasks that are unknown by now
     */
    record Estimated(long at, Map<TaskId, MemoryEstimate> expected, Map<TaskId, Long> millis)
            implements Event {
        public Estimated {
            expected = Collections.unmodifiableMap(new TreeMap<>(expected));
            millis = Collections.unmodifiableMap(new TreeMap<>(millis));
        }

        /** News of memory alone. */
        public Estimated(long at, Map<TaskId, MemoryEstimate> expected) {
            this(at, expected, Map.of());
        }
    }

    /** The moment that {@link State#nextDeadline} named has come. */
    record TimePassed(long at) implements Event {}

    private static Set<TaskId> sorted(Set<TaskId> ids) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }
}
