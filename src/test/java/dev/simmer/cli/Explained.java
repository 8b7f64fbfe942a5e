package dev.simmer.cli;

import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Reply;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Explanations for tests. */
final class Explained {
    static final Instant NOW = Views.NOON.plusSeconds(60);
    private static final long GIB = 1L << 30;

    static final HostView HOST =
            new HostView(true, 8 * GIB, 3 * GIB, GIB / 2, GIB, OptionalLong.empty(), 4, 0.5, 1.0);

    private Explained() {}

    static Explanation.Blocker blocker(long id, String name, String holds, int seconds) {
        return new Explanation.Blocker(
                new TaskId(id),
                name,
                holds,
                seconds < 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(seconds)));
    }

    static Reply because(TaskView task) {
        return waits(task, HOST, 65, blocker(5, "test", "1.6 GiB", 65));
    }

    /** One since a quarter of a minute; {@code startsIn} negative: nobody knows. */
    static Reply waits(
            TaskView task, HostView host, int startsIn, Explanation.Blocker... blockers) {
        Optional<Instant> startsAt =
                startsIn < 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(startsIn));
        return new Reply.Explained(
                new Explanation(
                        task,
                        host,
                        NOW,
                        NOW.minusSeconds(15),
                        List.of(blockers),
                        startsAt,
                        startsAt.map(at -> at.plusSeconds(100)),
                        task.expected().farOff().stream().toList()));
    }

    /** The task as it waits for a reason, and is expected to need something. */
    static TaskView with(TaskView task, String reason, MemoryEstimate expected) {
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                reason,
                task.pid(),
                task.attempts(),
                task.cpu(),
                task.rssBytes(),
                expected,
                expected.bytes() >= GIB,
                task.startedAt(),
                task.endedAt(),
                task.outcome());
    }
}
