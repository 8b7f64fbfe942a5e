package dev.simmer.scheduler;

import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has been saved: written from what decisions say is news, and from nothing else. */
@SuppressWarnings("ReferenceEquality") // what has not changed is the same
final class Disk {
    private final Map<TaskId, Task> tasks = new TreeMap<>();
    private final Map<WorkspaceId, WorkspaceRules> rules = new TreeMap<>();

    /** The state that is saved, use of memory included; to compare with, not to recover from. */
    private State state = State.EMPTY;

    void save(Decision.News news, State now) {
        for (TaskId id : news.tasks()) {
            Task task = now.tasks().get(id);
            if (task != null) {
                tasks.put(id, task);
            }
        }
        news.forgotten().forEach(tasks::remove);
        news.workspaces().forEach(id -> rules.put(id, now.rulesOf(id)));
    }

    /** Everything is saved now. */
    void all(State now) {
        state = now;
    }

    State state() {
        return state;
    }

    Event.Recovered recovered(long at) {
        return new Event.Recovered(at, List.copyOf(tasks.values()), rules);
    }

    /** Whether tasks differ in nothing but what they use. */
    static boolean same(Task one, Task other) {
        return one == other || still(one).equals(still(other));
    }

    private static Task still(Task task) {
        if (!(task.state() instanceof TaskState.Active active)) {
            return task;
        }
        Attempt a = active.attempt();
        return task.in(
                active.with(
                        new Attempt(
                                a.id(), a.admittedAt(), a.startedAt(), 0, 0, a.alone(), a.owed())));
    }
}
