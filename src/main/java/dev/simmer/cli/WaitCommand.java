package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code simmer wait}: blocks until tasks end. */
final class WaitCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer wait", "block until tasks end, and exit as they did")
                .about(
                        "Blocks until the tasks have ended for good: a retry that follows is waited"
                                + " for. An ID",
                        "is a task's number or name.")
                .operands("ID...", 1, Integer.MAX_VALUE)
                .flag("Until the first of them ends, and exit as that one did.", "--any")
                .value(
                        "TIME",
                        "Give up after this time (90s, 10m, 2h) and exit with 124.",
                        "--timeout")
                .json()
                .notes(
                        "Exit codes: of a single task its own (128 and the number for a signal, 124"
                                + " for its",
                        "timeout, 1 where it has none); of several 0 if all succeeded, else 1;"
                                + " 124 the time",
                        "limit ran out; 3 no such task.")
                .example("simmer wait build && simmer run -- ./deploy", "")
                .example("simmer wait --any 3 4 5 --timeout 10m", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        Optional<Duration> limit = Values.duration(call.words(), "--timeout");
        long end = System.nanoTime() + limit.map(Duration::toNanos).orElse(0L);
        Optional<Connection> found = call.supervisor().look();
        List<TaskView> tasks;
        try {
            tasks = new Acting(call, "wait").named(found);
        } finally {
            found.ifPresent(Connection::close);
        }
        List<TaskView> last = tasks;
        boolean any = call.words().has("--any");
        if (!any || tasks.stream().allMatch(TaskView::dormant)) {
            refuseDormant(tasks);
        }
        try (Watch watch = new Watch(call.supervisor(), TaskFilter.of(Acting.ids(tasks)))) {
            while (!enough(last, any)) {
                Optional<Snapshot> news =
                        limit.isEmpty()
                                ? Optional.of(watch.next())
                                : watch.next(
                                        Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                if (news.isPresent()) {
                    last = current(tasks, news.get());
                } else if (System.nanoTime() >= end) {
                    tell(call, last, true);
                    return ExitCode.TIMED_OUT;
                }
            }
        }
        tell(call, last, false);
        List<TaskView> ended = last.stream().filter(task -> task.phase().ended()).toList();
        return any ? TaskExit.code(first(ended)) : TaskExit.code(last);
    }

    /** What waits for somebody would be waited for without an end. */
    private static void refuseDormant(List<TaskView> tasks) throws CommandRefused {
        List<String> lines = new ArrayList<>();
        for (TaskView task : tasks) {
            if (task.dormant()) {
                String name = TerminalText.plain(task.name());
                lines.add(
                        "simmer: "
                                + name
                                + " waits until somebody starts it: simmer restart "
                                + name);
            }
        }
        if (!lines.isEmpty()) {
            throw new CommandRefused(ExitCode.USAGE, lines);
        }
    }

    private static boolean enough(List<TaskView> tasks, boolean any) {
        return any
                ? tasks.stream().anyMatch(task -> task.phase().ended())
                : tasks.stream().allMatch(task -> task.phase().ended());
    }

    /** The same tasks as they are now. */
    static List<TaskView> current(List<TaskView> tasks, Snapshot snapshot) throws CommandRefused {
        List<TaskView> now = new ArrayList<>();
        for (TaskView task : tasks) {
            TaskId id = task.id();
            now.add(
                    snapshot.task(id)
                            .orElseThrow(() ->
                                    new CommandRefused(
                                            ExitCode.NO_SUCH_TASK,
                                            List.of(
                                                    "simmer: "
                                                            + Acting.name(task)
                                                            + " was forgotten meanwhile"))));
        }
        return now;
    }

    /** The one that ended first. */
    private static TaskView first(List<TaskView> ended) {
        TaskView first = ended.getFirst();
        for (TaskView task : ended) {
            if (task.endedAt().isPresent()
                    && first.endedAt().isPresent()
                    && task.endedAt().get().isBefore(first.endedAt().get())) {
                first = task;
            }
        }
        return first;
    }

    private static void tell(Call call, List<TaskView> tasks, boolean timedOut) {
        if (call.words().has("--json")) {
            JsonObject json = new JsonObject().put("timed_out", timedOut);
            json.put("tasks", tasks.stream().map(TaskJson::row).toList());
            call.around().say(json.toString());
            return;
        }
        for (TaskView task : tasks) {
            if (!task.phase().ended()) {
                if (timedOut) {
                    call.around()
                            .complain("simmer: " + Acting.name(task) + " has not ended in time");
                }
            } else if (TaskExit.code(task) != ExitCode.OK) {
                String reason = TerminalText.plain(task.reason());
                call.around()
                        .complain(
                                "simmer: "
                                        + Acting.name(task)
                                        + " "
                                        + task.phase().word()
                                        + (reason.isEmpty() ? "" : ": " + reason));
            }
        }
    }
}
