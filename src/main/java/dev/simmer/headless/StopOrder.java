package dev.simmer.headless;

import dev.simmer.model.Need;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** In what order the tasks of a run are stopped: whoever needs another goes before it. */
final class StopOrder {
    private StopOrder() {}

    /**
     * The tasks to stop now: those that only wait, at once, so that none of them starts; of those
     * that run the ones that no unfinished task needs.
     *
     * @param tasks all tasks of the run
     */
    static Set<TaskId> next(List<TaskView> tasks) {
        Map<String, TaskId> ids = new HashMap<>();
        tasks.forEach(task -> ids.put(task.name(), task.id()));
        Set<TaskId> needed = new HashSet<>();
        for (TaskView task : tasks) {
            if (!task.phase().ended()) {
                for (Need need : task.spec().needs()) {
                    TaskId id = ids.get(need.task());
                    if (id != null) {
                        needed.add(id);
                    }
                }
            }
        }
        Set<TaskId> next = new TreeSet<>();
        for (TaskView task : tasks) {
            boolean waits = !task.phase().active();
            if (!task.phase().ended() && (waits || !needed.contains(task.id()))) {
                next.add(task.id());
            }
        }
        return next;
    }
}
