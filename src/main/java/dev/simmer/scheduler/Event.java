package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
     */
    record NewTask(TaskId id, TaskSpec spec, MemoryEstimate expected) {}

    /** Somebody wants tasks to be taken on. All are of one workspace. */
    record TasksSubmitted(long at, List<NewTask> tasks, Limits limits, boolean failFast)
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
     * @param leftovers how many other processes of it live
     * @param outputMatched whether its output matches {@code retry.on_output}
     * @param jitter from 0 (inclusive) to 1 (exclusive)
     */
    record ProcessExited(
            long at,
            AttemptId attempt,
            ExitStatus status,
            int leftovers,
            boolean outputMatched,
            double jitter)
            implements Event {}

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
     * @param rssBytes what the process trees of running attempts used at the same moment
     */
    record HostSampled(long at, HostReading host, Map<AttemptId, Long> rssBytes) implements Event {
        public HostSampled {
            rssBytes = Collections.unmodifiableMap(new TreeMap<>(rssBytes));
        }
    }

    /** The moment that {@link State#nextDeadline} named has come. */
    record TimePassed(long at) implements Event {}

    private static Set<TaskId> sorted(Set<TaskId> ids) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }
}
