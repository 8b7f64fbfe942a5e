package dev.simmer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An explanation in words with figures; what others wrote, such as names, is left as it is. */
final class ExplanationWords {
    /** More tasks in the way than this are counted. */
    private static final int BLOCKERS = 10;

    private ExplanationWords() {}

    static List<Explanation.Line> of(Explanation why) {
        TaskView task = why.task();
        List<Explanation.Line> lines = new ArrayList<>();
        if (!task.dormant()) {
            add(lines, "since", Durations.format(Duration.between(why.since(), why.at())) + " ago");
        }
        if (task.phase().active()) {
            add(lines, "agent", task.agent().map(run -> agent(run, why.at())).orElse(""));
        }
        add(lines, "expected", task.expected().words() + (task.heavy() ? "; heavy" : ""));
        if (task.phase().active()) {
            add(lines, "uses", uses(task));
        }
        String key = "waits for";
        for (Explanation.Blocker each : why.blockers().stream().limit(BLOCKERS).toList()) {
            add(lines, key, blocker(each, why.at()));
            key = "";
        }
        if (why.blockers().size() > BLOCKERS) {
            add(lines, key, "and " + (why.blockers().size() - BLOCKERS) + " more");
        }
        boolean waits = task.phase() == Phase.WAITING || task.phase() == Phase.BACKOFF;
        if (waits && !task.dormant()) {
            add(
                    lines,
                    "starts",
                    why.startsAt()
                            .map(at -> in(at, why.at()) + " at the earliest")
                            .orElse("nobody knows when"));
        }
        why.endsAt().ifPresent(at -> add(lines, "ends", in(at, why.at())));
        if (why.host().known() && !task.phase().ended()) {
            add(lines, "host", host(why.host()));
            add(lines, "pressure", why.host().pressure());
        }
        why.notes().forEach(each -> add(lines, "note", each));
        return lines;
    }

    /** What an agent does, for how long, and when it goes on. */
    private static String agent(AgentRun run, Instant now) {
        Duration since = Duration.between(run.since(), now);
        boolean told = run.state() == AgentRun.State.SILENT || since.toMillis() < 1_000;
        return run.words()
                + (told ? "" : ", for " + Durations.format(since))
                + run.until().map(at -> ", goes on " + in(at, now)).orElse("");
    }

    private static String uses(TaskView task) {
        long peak = task.attempts().isEmpty() ? 0 : task.attempts().getLast().peakRssBytes();
        return ByteSize.format(task.rssBytes())
                + " now"
                + (peak > task.rssBytes() ? ", " + ByteSize.format(peak) + " at its peak" : "");
    }

    private static String blocker(Explanation.Blocker each, Instant now) {
        return each.name()
                + " ("
                + each.id()
                + "): "
                + each.holds()
                + each.endsAt()
                        .map(at -> ", ends " + in(at, now))
                        .orElse(", nobody knows when it ends");
    }

    /** A moment that lies ahead. */
    private static String in(Instant at, Instant now) {
        Duration left = Duration.between(now, at);
        return left.toMillis() < 1_000 ? "any moment" : "in about " + Durations.format(left);
    }

    private static String host(HostView host) {
        return ByteSize.format(host.usedBytes())
                + " of "
                + ByteSize.format(host.totalBytes())
                + " used, "
                + ByteSize.format(host.heldBytes())
                + " held for running tasks, "
                + ByteSize.format(host.reserveBytes())
                + " reserve, "
                + ByteSize.format(Math.max(0, host.promisableBytes()))
                + " left to promise"
                + (host.swapUsedBytes() > 0
                        ? "; " + ByteSize.format(host.swapUsedBytes()) + " swap in use"
                        : "");
    }

    private static void add(List<Explanation.Line> lines, String key, String text) {
        if (!text.isEmpty()) {
            lines.add(new Explanation.Line(key, text));
        }
    }
}
