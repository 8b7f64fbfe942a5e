package dev.simmer.engine;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.ClockMark;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredAttempt;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.engine.ports.StoredWorkspace;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** A store in memory that outlives engines, can be full, and can take its time to be read. */
final class FakeStore implements TaskStore {
    private final Map<TaskId, StoredTask> tasks = new TreeMap<>();
    private final Map<WorkspaceId, StoredWorkspace> workspaces = new TreeMap<>();
    private final List<ClockMark> marks = new ArrayList<>();
    private long lastTaskId;
    private int saves;

    /** Why nothing can be saved or read; empty while that goes well. */
    volatile String failure = "";

    /** Reading waits for a permit where this has none. */
    final Semaphore readable = new Semaphore(Integer.MAX_VALUE);

    @Override
    public Stored load() throws StoreFailure {
        readable.acquireUninterruptibly();
        fail();
        synchronized (this) {
            return new Stored(
                    List.copyOf(tasks.values()),
                    List.copyOf(workspaces.values()),
                    lastTaskId,
                    marks);
        }
    }

    @Override
    public synchronized void save(Batch batch) throws StoreFailure {
        fail();
        saves++;
        for (StoredTask task : batch.tasks()) {
            tasks.merge(task.id(), task, FakeStore::merged);
        }
        batch.forgotten().forEach(tasks::remove);
        batch.workspaces().forEach(each -> workspaces.put(each.id(), each));
        lastTaskId = Math.max(lastTaskId, batch.lastTaskId());
        if (marks.isEmpty() || !marks.getLast().equals(batch.clock())) {
            marks.add(batch.clock());
        }
    }

    private void fail() throws StoreFailure {
        if (!failure.isEmpty()) {
            throw new StoreFailure(failure, new IOException("no space left on device"));
        }
    }

    private static StoredTask merged(StoredTask before, StoredTask now) {
        List<StoredAttempt> ended = new ArrayList<>(before.ended());
        for (StoredAttempt each : now.ended()) {
            if (!ended.isEmpty() && ended.getLast().number() >= each.number()) {
                throw new AssertionError("attempt " + each.number() + " was saved twice");
            }
            ended.add(each);
        }
        return new StoredTask(
                now.id(),
                now.spec(),
                now.needs(),
                now.expected(),
                now.state(),
                now.attempts(),
                now.repeats(),
                now.started(),
                ended,
                now.owed());
    }

    synchronized int saves() {
        return saves;
    }

    /** A task as it is saved. */
    synchronized StoredTask task(long id) {
        StoredTask task = tasks.get(new TaskId(id));
        if (task == null) {
            throw new AssertionError("task " + id + " was never saved");
        }
        return task;
    }

    synchronized boolean has(long id) {
        return tasks.containsKey(new TaskId(id));
    }

    @Override
    public void close() {}
}
