package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code simmer explain}: why a task is in its state, and what it would take to start it. */
final class ExplainCommand implements Verb {
    /** More tasks in the way than this are counted. */
    private static final int BLOCKERS = 10;

    @Override
    public Usage usage() {
        return Usage.of("simmer explain", "why a task waits, for what, and for how long")
                .about(
                        "Tells of tasks why they are in their state and since when, where the"
                                + " memory that they are",
                        "expected to need comes from, what has to end before they start, and when"
                                + " that is expected,",
                        "by how long earlier runs took. An ID is a task's number or name.")
                .operands("ID...", 1, Integer.MAX_VALUE)
                .json()
                .example("simmer explain build", "")
                .example("simmer explain 7 --json | jq '.[0].starts_at'", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        Optional<Connection> found = call.supervisor().look();
        List<Explanation> all = new ArrayList<>();
        try {
            for (TaskView task : new Acting(call, "explain").named(found)) {
                all.add(ask(found.orElseThrow(), task));
            }
        } finally {
            found.ifPresent(Connection::close);
        }
        if (call.words().has("--json")) {
            call.around().say(TaskJson.array(all.stream().map(ExplainCommand::json).toList()));
            return ExitCode.OK;
        }
        String between = "";
        for (Explanation each : all) {
            call.around().say(between + String.join("\n", lines(each)));
            between = "\n";
        }
        return ExitCode.OK;
    }

    private static Explanation ask(Connection connection, TaskView task)
            throws CommandRefused, SupervisorFailure {
        return switch (connection.submit(new Request.Explain(task.id()))) {
            case Reply.Explained(Explanation explanation) -> explanation;
            case Reply.Accepted _ -> throw new IllegalStateException("not explained");
            case Reply.Refused(String why) -> throw CommandRefused.usage(TerminalText.plain(why));
        };
    }

    /** The explanation for people. */
    static List<String> lines(Explanation why) {
        TaskView task = why.task();
        List<String> lines = new ArrayList<>();
        String reason = task.reason();
        lines.add(
                Acting.name(task)
                        + ": "
                        + task.phase().word()
                        + (reason.isEmpty() ? "" : ", " + TerminalText.plain(reason)));
        if (!task.dormant()) {
            add(lines, "since", Durations.format(Duration.between(why.since(), why.at())) + " ago");
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

    private static void add(List<String> lines, String key, String value) {
        if (!value.isEmpty()) {
            lines.add("  " + key + " ".repeat(11 - key.length()) + TerminalText.plain(value));
        }
    }

    private static JsonObject json(Explanation why) {
        JsonObject json = TaskJson.named(why.task());
        json.put("state", why.task().phase().word()).put("reason", why.task().reason());
        TaskJson.moment(json, "since", Optional.of(why.since()));
        TaskJson.expected(json, why.task().expected());
        json.put("expected_words", why.task().expected().words())
                .put("heavy", why.task().heavy())
                .put("rss_bytes", why.task().rssBytes())
                .put("blockers", why.blockers().stream().map(ExplainCommand::json).toList());
        TaskJson.moment(json, "starts_at", why.startsAt());
        TaskJson.moment(json, "ends_at", why.endsAt());
        HostView host = why.host();
        return json.put("total_bytes", host.totalBytes())
                .put("available_bytes", host.availableBytes())
                .put("held_bytes", host.heldBytes())
                .put("reserve_bytes", host.reserveBytes())
                .put("pressure", host.pressure())
                .putTexts("notes", why.notes());
    }

    private static JsonObject json(Explanation.Blocker blocker) {
        JsonObject json =
                new JsonObject()
                        .put("id", blocker.id().value())
                        .put("name", blocker.name())
                        .put("holds", blocker.holds());
        TaskJson.moment(json, "ends_at", blocker.endsAt());
        return json;
    }
}
