package dev.simmer.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a face asks of an engine; one record a verb. */
public sealed interface Request {
    /**
     * Takes tasks on.
     *
     * @param tasks their names differ; needs name tasks of the same submission, or tasks that the
     *     engine has in the same workspace
     * @param limits what the tasks' workspace allows from now on
     * @param failFast whether the first failure ends the workspace's other tasks
     */
    record Spawn(List<TaskSpec> tasks, Limits limits, boolean failFast) implements Request {
        public Spawn {
            tasks = List.copyOf(tasks);
        }
    }

    /** Starts tasks that have not been started, or have ended. */
    record Start(Set<TaskId> ids) implements Request {
        public Start {
            ids = sorted(ids);
        }
    }

    /**
     * Stops tasks that run and cancels those that wait.
     *
     * @param now whether SIGKILL is the first signal
     */
    record Stop(Set<TaskId> ids, boolean now) implements Request {
        public Stop {
            ids = sorted(ids);
        }
    }

    /** Stops tasks where they run and starts them anew. */
    record Restart(Set<TaskId> ids) implements Request {
        public Restart {
            ids = sorted(ids);
        }
    }

    /** Suspends the processes of running tasks (SIGSTOP). */
    record Pause(Set<TaskId> ids) implements Request {
        public Pause {
            ids = sorted(ids);
        }
    }

    /** Lets paused tasks go on (SIGCONT). */
    record Resume(Set<TaskId> ids) implements Request {
        public Resume {
            ids = sorted(ids);
        }
    }

    private static Set<TaskId> sorted(Set<TaskId> ids) {
        return java.util.Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }
}
