package dev.simmer.engine;

import dev.simmer.engine.ports.PeakKey;
import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.AttemptId;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.scheduler.PastAttempt;
import dev.simmer.scheduler.State;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tasks are expected to need and how long they take, by what is declared, what earlier
 * attempts have shown and what is guessed. Used by the engine's thread alone.
 */
final class Learning {
    /** They are asked for when the attempt has been decided on and saved, soon after. */
    private static final int CUT_OFF = 1_000;

    private final MemoryGuesses guesses = MemoryGuesses.load();
    private final PeakBook book;

    /** Attempts that ended well and would have used more memory, the newest ones. */
    private final Set<AttemptId> cutOff = new LinkedHashSet<>();

    Learning(TaskStore store) {
        this.book = new PeakBook(store);
    }

    /** Notes that the kernel has killed a process of an attempt that is to end well. */
    void cutOff(AttemptId attempt) {
        cutOff.add(attempt);
        if (cutOff.size() > CUT_OFF) {
            cutOff.remove(cutOff.iterator().next());
        }
    }

    /** Whether an attempt that ended well would have used more memory. */
    boolean isCutOff(AttemptId attempt) {
        return cutOff.contains(attempt);
    }

    /** What a new task is expected to need. */
    MemoryEstimate of(TaskId id, TaskSpec spec) {
        PeakKey key = PeakKey.of(spec);
        book.note(key, id);
        return estimates(key, spec).estimate(guesses.of(spec));
    }

    private PeakEstimates estimates(PeakKey key, TaskSpec spec) {
        return new PeakEstimates(book.peaks(key), spec.kind().endsByItself());
    }

    /** How long an attempt of a task that succeeds takes, in milliseconds. */
    OptionalLong usualMillis(TaskSpec spec) {
        return estimates(PeakKey.of(spec), spec).usualMillis();
    }

    /** How long attempts of all tasks that have not ended are expected to take, where known. */
    Map<TaskId, Long> usualMillis(State state) {
        Map<TaskId, Long> millis = new TreeMap<>();
        for (Task task : state.tasks().values()) {
            if (!(task.state() instanceof TaskState.Ended)) {
                usualMillis(task.spec()).ifPresent(usual -> millis.put(task.id(), usual));
            }
        }
        return millis;
    }

    /**
     * What is expected now of tasks that do not run, where that is something else than before.
     *
     * @param ids some may be unknown
     */
    Map<TaskId, MemoryEstimate> again(State state, Collection<TaskId> ids) {
        Map<TaskId, MemoryEstimate> changed = new TreeMap<>();
        for (TaskId id : ids) {
            Task task = state.tasks().get(id);
            if (task != null && !(task.state() instanceof TaskState.Active)) {
                MemoryEstimate now = again(task);
                if (!now.equals(task.expected())) {
                    changed.put(id, now);
                }
            }
        }
        return changed;
    }

    /** A raised figure stands until an attempt has ended otherwise. */
    private MemoryEstimate again(Task task) {
        MemoryEstimate now = of(task.id(), task.spec());
        List<PastAttempt> history = task.history();
        boolean stands =
                task.expected().source() == MemorySource.RAISED
                        && !history.isEmpty()
                        && history.getLast().outcome().forMemory()
                        && task.expected().bytes() >= now.bytes();
        return stands ? task.expected().with(now.evidence()) : now;
    }

    /** What is expected of the tasks that wait, as {@link #again(State, Collection)}. */
    Map<TaskId, MemoryEstimate> waiting(State state) {
        return again(
                state,
                state.tasks().values().stream()
                        .filter(task -> !(task.state() instanceof TaskState.Ended))
                        .map(Task::id)
                        .toList());
    }

    /**
     * Learns from the attempts that have ended between two states.
     *
     * @param changed the tasks that have changed
     * @return what is expected from then on of tasks that do not run, where that is news
     */
    Map<TaskId, MemoryEstimate> after(State before, State now, Collection<TaskId> changed) {
        Set<TaskId> concerned = new LinkedHashSet<>();
        for (TaskId id : changed) {
            Task task = now.tasks().get(id);
            if (task == null || task.history().isEmpty()) {
                continue;
            }
            Task earlier = before.tasks().get(id);
            int known =
                    earlier == null || earlier.history().isEmpty()
                            ? 0
                            : earlier.history().getLast().number();
            PeakKey key = PeakKey.of(task.spec());
            boolean learned = false;
            for (PastAttempt each : task.history()) {
                if (each.number() > known && each.startedAt().isPresent()) {
                    book.add(key, peak(id, each, each.startedAt().getAsLong()));
                    learned = true;
                }
            }
            if (learned) {
                book.note(key, id);
                concerned.addAll(sharing(now, key));
            }
        }
        return again(now, concerned);
    }

    private StoredPeak peak(TaskId id, PastAttempt attempt, long startedAt) {
        return new StoredPeak(
                attempt.peakRssBytes(),
                attempt.endedAt() - startedAt,
                attempt.outcome().phase(),
                attempt.outcome().forMemory() || isCutOff(new AttemptId(id, attempt.number())));
    }

    private Set<TaskId> sharing(State state, PeakKey key) {
        Set<TaskId> sharing = book.tasks(key);
        for (Iterator<TaskId> each = sharing.iterator(); each.hasNext(); ) {
            Task task = state.tasks().get(each.next());
            if (task == null || !PeakKey.of(task.spec()).equals(key)) {
                each.remove();
            }
        }
        return sharing;
    }
}
