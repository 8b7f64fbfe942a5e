package dev.simmer.engine;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.ClockMark;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.engine.ports.StoredWorkspace;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.AttemptId;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import dev.simmer.scheduler.Decision;
import dev.simmer.scheduler.State;
import dev.simmer.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of what has to be saved, and saves it. All that has become news since the last
 * time goes into one batch; where that cannot be saved, it is part of the next one. For one thread.
 */
final class Journal {
    private final TaskStore store;

    /** What the store has. */
    private State saved = State.EMPTY;

    private @Nullable ClockMark savedMark;
    private final Set<TaskId> tasks = new TreeSet<>();
    private final Set<TaskId> forgotten = new TreeSet<>();
    private final Set<WorkspaceId> workspaces = new TreeSet<>();
    private Optional<String> trouble = Optional.empty();

    private final Predicate<AttemptId> cutOff;

    /**
     * @param cutOff whether an attempt that ended well would have used more memory
     */
    Journal(TaskStore store, Predicate<AttemptId> cutOff) {
        this.store = store;
        this.cutOff = cutOff;
    }

    /** Reads what the store has; empty where that cannot be read now. */
    Optional<Stored> load() {
        try {
            Stored stored = store.load();
            savedMark = stored.marks().isEmpty() ? null : stored.marks().getLast();
            trouble = Optional.empty();
            return Optional.of(stored);
        } catch (StoreFailure e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Takes this to be what the store has. */
    void begin(State state) {
        saved = state;
    }

    /** Why nothing can be saved or read, and what to do; empty while that goes well. */
    Optional<String> trouble() {
        return trouble;
    }

    /** What has been noted and not been saved. */
    Decision.News noted() {
        return tasks.isEmpty() && forgotten.isEmpty() && workspaces.isEmpty()
                ? Decision.News.NONE
                : new Decision.News(
                        Set.copyOf(tasks), Set.copyOf(forgotten), Set.copyOf(workspaces));
    }

    /** Forgets what has been noted but this. */
    void only(Decision.News news) {
        clear();
        note(news);
    }

    /** Notes something that is to be saved. */
    void note(Decision.News news) {
        tasks.addAll(news.tasks());
        forgotten.addAll(news.forgotten());
        tasks.removeAll(news.forgotten());
        workspaces.addAll(news.workspaces());
    }

    /**
     * Saves all that has been noted; whether the store has it now.
     *
     * @param state what is true of what has been noted
     */
    boolean save(State state, long lastTaskId, ClockMark mark) {
        boolean news = !tasks.isEmpty() || !forgotten.isEmpty() || !workspaces.isEmpty();
        if (store.equals(TaskStore.NONE)) {
            clear();
        } else if (news || !mark.equals(savedMark)) {
            try {
                store.save(batch(state, lastTaskId, mark));
            } catch (StoreFailure e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
                return false;
            }
            saved = state;
            savedMark = mark;
            clear();
        }
        trouble = Optional.empty();
        return true;
    }

    private void clear() {
        tasks.clear();
        forgotten.clear();
        workspaces.clear();
    }

    private Batch batch(State state, long lastTaskId, ClockMark mark) {
        List<StoredTask> changed = new ArrayList<>(tasks.size());
        for (TaskId id : tasks) {
            Task task = state.tasks().get(id);
            if (task != null) {
                changed.add(StoredForm.of(task, saved.tasks().get(id), cutOff));
            }
        }
        List<StoredWorkspace> ruled = new ArrayList<>(workspaces.size());
        for (WorkspaceId id : workspaces) {
            ruled.add(StoredForm.of(id, state.rulesOf(id)));
        }
        return new Batch(changed, List.copyOf(forgotten), ruled, lastTaskId, mark);
    }
}
