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
     * @param existing what becomes of a task that has the name of one in the workspace's session
     */
    record Spawn(List<TaskSpec> tasks, Limits limits, boolean failFast, Existing existing)
            implements Request {
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

    /** Gives a task another name. Needs that name it go on meaning it. */
    record Rename(TaskId id, String name) implements Request {}

    /**
     * Makes a named set of tasks the one that a workspace has now: its tasks are those that names
     * mean, and new tasks go to it. Tasks of the set before go on.
     *
     * @param name not empty
     * @param how what is expected of the name
     */
    record OpenSession(WorkspaceId workspace, String name, SessionChange how) implements Request {}

    /**
     * Gives the set of tasks that a workspace has now, or one of its others, another name.
     *
     * @param from the name so far; empty for a set without a name
     * @param to not empty, and no other set's name
     */
    record RenameSession(WorkspaceId workspace, String from, String to) implements Request {}

    /**
     * Writes to a running task that takes input.
     *
     * @param text as it is: a line break is not added
     */
    record Send(TaskId id, String text) implements Request {}

    /** Asks why a task is in its state: answered by {@link Reply.Explained}. Changes nothing. */
    record Explain(TaskId id) implements Request {}

    /** Forgets tasks that do not run or wait, together with their output. */
    record Forget(Set<TaskId> ids) implements Request {
        public Forget {
            ids = sorted(ids);
        }
    }

    /** What becomes of a submitted task where the workspace's session has one of that name. */
    enum Existing {
        /**
         * One that runs or waits refuses the submission; one that has ended or was never started is
         * begun anew under its id, as it is described now.
         */
        REFUSE,
        /** The new task gets the next free number behind its name: {@code build 2}. */
        NUMBER,
        /**
         * One that runs, waits or has ended by itself is left as it is; one that was stopped,
         * skipped or lost, or never started, is taken up as it is described now, and starts where
         * it starts by itself. For a dashboard that opens.
         */
        KEEP,
        /**
         * One that runs or waits is left as it is; every other one is begun anew as it is described
         * now, and starts where it starts by itself. For {@code simmer up}.
         */
        BEGIN_ENDED
    }

    /** What is expected of a session's name. */
    enum SessionChange {
        /**
         * The set that the workspace has now gets the name, unless it has one or the name is taken.
         */
        NAME_OR_OPEN,
        /** A set of that name exists. */
        OPEN
    }

    private static Set<TaskId> sorted(Set<TaskId> ids) {
        return java.util.Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }
}
