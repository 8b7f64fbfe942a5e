package dev.simmer.scheduler;

import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what a task needs of other tasks is true. */
final class Needs {
    /** How a need stands. */
    enum Standing {
        MET,
        OPEN,
        /** It cannot come true unless somebody starts the other task anew. */
        HOPELESS
    }

    private Needs() {}

    /** How one need stands. */
    static Standing standing(State state, ResolvedNeed need) {
        Task other = state.tasks().get(need.task());
        if (other == null) {
            return Standing.HOPELESS;
        }
        return switch (need.condition()) {
            case SUCCEEDED -> succeeded(other);
            case FINISHED ->
                    other.state() instanceof TaskState.Ended ? Standing.MET : Standing.OPEN;
            case STARTED -> started(other);
            case READY -> ready(other);
        };
    }

    private static Standing succeeded(Task other) {
        if (!(other.state() instanceof TaskState.Ended ended)) {
            return Standing.OPEN;
        }
        return ended.outcome().phase() == Phase.SUCCEEDED ? Standing.MET : Standing.HOPELESS;
    }

    private static Standing started(Task other) {
        if (other.started()) {
            return Standing.MET;
        }
        return other.state() instanceof TaskState.Ended ? Standing.HOPELESS : Standing.OPEN;
    }

    private static Standing ready(Task other) {
        return switch (other.state()) {
            case TaskState.Running running -> running.ready() ? Standing.MET : Standing.OPEN;
            case TaskState.Paused paused -> paused.was().ready() ? Standing.MET : Standing.OPEN;
            case TaskState.Ended _ -> succeeded(other);
            case TaskState.Dormant _,
                    TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Backoff _,
                    TaskState.Starting _,
                    TaskState.Stopping _ ->
                    Standing.OPEN;
        };
    }

    /** Why a task can never run, if it cannot: the first hopeless need in words. */
    static Optional<String> hopeless(State state, Task task) {
        for (ResolvedNeed need : task.needs()) {
            if (standing(state, need) == Standing.HOPELESS) {
                return Optional.of("needs " + name(state, need) + ", which " + fate(state, need));
            }
        }
        return Optional.empty();
    }

    /** Whether all needs are met. */
    static boolean met(State state, Task task) {
        for (ResolvedNeed need : task.needs()) {
            if (standing(state, need) != Standing.MET) {
                return false;
            }
        }
        return true;
    }

    /** What a blocked task waits for, in words. */
    static String open(State state, Task task) {
        List<String> parts = new ArrayList<>();
        for (ResolvedNeed need : task.needs()) {
            if (standing(state, need) != Standing.MET) {
                parts.add(name(state, need) + " to " + verb(need.condition()));
            }
        }
        return "waits for " + String.join(", ", parts);
    }

    /** The needs of a task that are not met. */
    static List<ResolvedNeed> unmet(State state, Task task) {
        return task.needs().stream().filter(need -> standing(state, need) != Standing.MET).toList();
    }

    private static String verb(Need.Condition condition) {
        return switch (condition) {
            case SUCCEEDED -> "succeed";
            case FINISHED -> "finish";
            case STARTED -> "start";
            case READY -> "be ready";
        };
    }

    /** What the task that is needed is called now. */
    private static String name(State state, ResolvedNeed need) {
        Task other = state.tasks().get(need.task());
        return other == null ? need.name() : other.spec().name();
    }

    private static String fate(State state, ResolvedNeed need) {
        Task task = state.tasks().get(need.task());
        if (task == null) {
            return "has been forgotten";
        }
        if (!(task.state() instanceof TaskState.Ended ended)) {
            throw new IllegalStateException("only an ended task is hopeless: " + task.id());
        }
        return switch (ended.outcome().phase()) {
            case SKIPPED -> "was skipped";
            case KILLED -> "was stopped";
            case TIMED_OUT -> "timed out";
            case LOST -> "was lost";
            case SUCCEEDED -> "ended";
            case WAITING, STARTING, RUNNING, READY, PAUSED, STOPPING, BACKOFF, FAILED -> "failed";
        };
    }
}
