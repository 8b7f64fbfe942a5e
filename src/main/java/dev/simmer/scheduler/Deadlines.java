package dev.simmer.scheduler;

import dev.simmer.model.Readiness;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import java.util.OptionalLong;

/** What happens because time has passed: timeouts, the end of a grace period or of a backoff. */
final class Deadlines {
    private Deadlines() {}

    static void expire(Transition step) {
        if (!step.state().adopting().isEmpty()) {
            return;
        }
        for (TaskId id : step.state().active()) {
            Task task = step.task(id);
            switch (task.state()) {
                case TaskState.Running running -> limits(step, task, running);
                case TaskState.Stopping stopping -> {
                    if (!stopping.killed() && stopping.killAt() <= step.now()) {
                        Attempts.kill(step, task, stopping);
                    }
                }
                case TaskState.Starting _,
                        TaskState.Paused _,
                        TaskState.Dormant _,
                        TaskState.Blocked _,
                        TaskState.Queued _,
                        TaskState.Backoff _,
                        TaskState.Ended _ -> {}
            }
        }
        for (TaskId id : step.state().backingOff()) {
            Task task = step.task(id);
            if (task.state() instanceof TaskState.Backoff backoff
                    && backoff.until() <= step.now()) {
                step.put(task.in(new TaskState.Blocked(step.now())));
            }
        }
    }

    private static void limits(Transition step, Task task, TaskState.Running running) {
        if (due(running.timeoutAt(), step.now()) && task.spec().timeout().isPresent()) {
            Attempts.stop(step, task, new StopCause.Timeout(task.spec().timeout().get()), false);
        } else if (due(running.readyBy(), step.now()) && task.spec().ready().isPresent()) {
            Readiness ready = task.spec().ready().get();
            StopCause late = new StopCause.NotReady(ready.timeout(), ready.probe().description());
            Attempts.stop(step, task, late, false);
        }
    }

    private static boolean due(OptionalLong time, long now) {
        return time.isPresent() && time.getAsLong() <= now;
    }
}
