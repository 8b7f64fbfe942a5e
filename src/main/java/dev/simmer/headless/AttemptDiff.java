package dev.simmer.headless;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds out what has happened between snapshots. Snapshots coalesce, so a task may have started and
 * ended, more than once even, between two of them: the lists of attempts tell. Used by one thread.
 */
final class AttemptDiff {
    private final Map<TaskId, Seen> seen = new HashMap<>();

    /** What has been told of a task. Attempts are numbered from 1 without gaps. */
    private static final class Seen {
        TaskView view;
        int startedUpTo;
        int endedUpTo;
        boolean ended;

        /** The number of the attempt that is paused; 0: none is. */
        int paused;

        Seen(TaskView view) {
            this.view = view;
        }
    }

    /** Tells what is new about a task since it was shown last. */
    @SuppressWarnings("ReferenceEquality") // Most views of a snapshot are those of the one before.
    void show(TaskView task, Consumer<Happening> tell) {
        Seen before = seen.get(task.id());
        if (before == null) {
            before = new Seen(task);
            seen.put(task.id(), before);
        } else if (before.view == task) {
            return;
        }
        before.view = task;
        for (AttemptView attempt : task.attempts()) {
            if (attempt.startedAt().isPresent() && attempt.number() > before.startedUpTo) {
                before.startedUpTo = attempt.number();
                tell.accept(new Happening.AttemptStarted(task, attempt));
            }
            if (attempt.outcome().isPresent() && attempt.number() > before.endedUpTo) {
                before.endedUpTo = attempt.number();
                boolean last = task.outcome().isPresent() && attempt.number() == task.attempt();
                before.ended |= last;
                tell.accept(new Happening.AttemptEnded(task, attempt, last));
            }
        }
        held(task, before, tell);
        if (task.outcome().isPresent() && !before.ended) {
            before.ended = true;
            tell.accept(new Happening.EndedUnstarted(task));
        }
    }

    /** The end of an attempt that was paused says enough of it. */
    private static void held(TaskView task, Seen before, Consumer<Happening> tell) {
        if (task.attempts().isEmpty() || task.attempts().getLast().outcome().isPresent()) {
            before.paused = 0;
            return;
        }
        AttemptView attempt = task.attempts().getLast();
        boolean paused = task.phase() == Phase.PAUSED;
        if (paused && before.paused != attempt.number()) {
            before.paused = attempt.number();
            tell.accept(new Happening.AttemptHeld(task, attempt, true));
        } else if (before.paused == attempt.number() && goesOn(task.phase())) {
            before.paused = 0;
            tell.accept(new Happening.AttemptHeld(task, attempt, false));
        }
    }

    private static boolean goesOn(Phase phase) {
        return phase == Phase.RUNNING || phase == Phase.READY;
    }
}
