package dev.simmer.cli;

import dev.simmer.model.Need;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which tasks may be forgotten without being named. */
final class ForgetRule {
    private ForgetRule() {}

    /** A name where it means something. */
    private record Place(dev.simmer.model.WorkspaceId workspace, String session, String name) {}

    /**
     * Those that have ended, and that no task needs which has not.
     *
     * @param age how long ago they ended at least
     */
    static List<TaskView> forgettable(Snapshot snapshot, Optional<Duration> age) {
        Set<Place> needed = new HashSet<>();
        for (TaskView task : snapshot.tasks()) {
            if (!task.phase().ended()) {
                for (Need need : task.spec().needs()) {
                    needed.add(place(task, need.task()));
                }
            }
        }
        List<TaskView> ended = new ArrayList<>();
        for (TaskView task : snapshot.tasks()) {
            if (task.phase().ended() && !needed.contains(place(task, task.name()))) {
                ended.add(task);
            }
        }
        return old(ended, age, snapshot.at());
    }

    /** Those of the tasks that ended so long ago. */
    static List<TaskView> old(List<TaskView> tasks, Optional<Duration> age, Instant now) {
        if (age.isEmpty()) {
            return tasks;
        }
        Instant latest = now.minus(age.get());
        return tasks.stream()
                .filter(task -> task.endedAt().isPresent() && task.endedAt().get().isBefore(latest))
                .toList();
    }

    private static Place place(TaskView task, String name) {
        return new Place(task.spec().workspace(), task.spec().session(), name);
    }
}
