package dev.simmer.json;

import dev.simmer.model.AttemptView;
import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.Limits;
import dev.simmer.model.Phase;
import dev.simmer.model.Snapshot;
import dev.simmer.model.Stall;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceView;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What there is to see in JSON. Moments are whole milliseconds. Of a task's environment only the
 * names are written; they are read with empty values.
 */
public final class ViewJson {
    private ViewJson() {}

    /** Writes the members of a snapshot. */
    public static void write(JsonObject to, Snapshot snapshot) {
        to.put("version", snapshot.version())
                .putMillis("at_ms", snapshot.at())
                .putObject("host", snapshot.host(), ViewJson::write)
                .putObjects("tasks", snapshot.tasks(), ViewJson::write)
                .putObjects("workspaces", snapshot.workspaces(), ViewJson::write);
        if (snapshot.trouble().isPresent()) {
            to.put("trouble", snapshot.trouble().get());
        }
    }

    /** What {@link #write(JsonObject, Snapshot)} wrote. */
    public static Snapshot snapshot(JsonMembers from) throws JsonFault {
        return new Snapshot(
                from.whole("version"),
                from.momentIfAny("at_ms").orElse(Instant.EPOCH),
                from.read("host", ViewJson::host, HostView.UNKNOWN),
                from.list("tasks", ViewJson::task),
                from.list("workspaces", ViewJson::workspace),
                from.textIfAny("trouble"));
    }

    /** Writes the members of a host. */
    public static void write(JsonObject to, HostView host) {
        to.put("known", host.known())
                .put("total_bytes", host.totalBytes())
                .put("available_bytes", host.availableBytes())
                .put("held_bytes", host.heldBytes())
                .put("reserve_bytes", host.reserveBytes());
        if (host.cgroupLimitBytes().isPresent()) {
            to.put("cgroup_limit_bytes", host.cgroupLimitBytes());
        }
        to.put("cpus", host.cpus()).putNumber("cpu", host.cpu()).putNumber("load1", host.load1());
        if (host.swapUsedBytes() != 0) {
            to.put("swap_used_bytes", host.swapUsedBytes());
        }
        if (!host.memoryStall().equals(Stall.NONE)) {
            to.putObject("memory_stall", host.memoryStall(), ViewJson::write);
        }
        if (!host.ioStall().equals(Stall.NONE)) {
            to.putObject("io_stall", host.ioStall(), ViewJson::write);
        }
        if (!host.pressure().isEmpty()) {
            to.put("pressure", host.pressure());
        }
    }

    private static void write(JsonObject to, Stall stall) {
        to.putNumber("avg10", stall.avg10()).putNumber("recent", stall.recent());
    }

    private static Stall stall(JsonMembers from) throws JsonFault {
        return new Stall(from.number("avg10", 0), from.number("recent", 0));
    }

    /** What {@link #write(JsonObject, HostView)} wrote. */
    public static HostView host(JsonMembers from) throws JsonFault {
        return new HostView(
                from.flag("known", false),
                from.whole("total_bytes", 0),
                from.whole("available_bytes", 0),
                from.whole("held_bytes", 0),
                from.whole("reserve_bytes", 0),
                from.wholeIfAny("cgroup_limit_bytes"),
                from.count("cpus", 1),
                from.number("cpu", 0),
                from.number("load1", -1),
                from.whole("swap_used_bytes", 0),
                from.read("memory_stall", ViewJson::stall, Stall.NONE),
                from.read("io_stall", ViewJson::stall, Stall.NONE),
                from.text("pressure", ""));
    }

    /** Writes the members of an explanation. */
    public static void write(JsonObject to, Explanation explanation) {
        to.putObject("task", explanation.task(), ViewJson::write)
                .putObject("host", explanation.host(), ViewJson::write)
                .putMillis("at_ms", explanation.at())
                .putMillis("since_ms", explanation.since())
                .putObjects("blockers", explanation.blockers(), ViewJson::write);
        explanation.startsAt().ifPresent(at -> to.putMillis("starts_at_ms", at));
        explanation.endsAt().ifPresent(at -> to.putMillis("ends_at_ms", at));
        to.putTexts("notes", explanation.notes());
    }

    /** What {@link #write(JsonObject, Explanation)} wrote. */
    public static Explanation explanation(JsonMembers from) throws JsonFault {
        return new Explanation(
                from.read("task", ViewJson::task),
                from.read("host", ViewJson::host),
                from.moment("at_ms"),
                from.moment("since_ms"),
                from.list("blockers", ViewJson::blocker),
                from.momentIfAny("starts_at_ms"),
                from.momentIfAny("ends_at_ms"),
                from.texts("notes"));
    }

    private static void write(JsonObject to, Explanation.Blocker blocker) {
        to.put("id", blocker.id().value())
                .put("name", blocker.name())
                .put("holds", blocker.holds());
        blocker.endsAt().ifPresent(at -> to.putMillis("ends_at_ms", at));
    }

    private static Explanation.Blocker blocker(JsonMembers from) throws JsonFault {
        return new Explanation.Blocker(
                new TaskId(from.whole("id")),
                from.text("name"),
                from.text("holds", ""),
                from.momentIfAny("ends_at_ms"));
    }

    /** Writes the members of a workspace. */
    public static void write(JsonObject to, WorkspaceView workspace) {
        to.put("folder", workspace.id().folder().toString());
        if (!workspace.session().isEmpty()) {
            to.put("session", workspace.session());
        }
        to.putObject("limits", workspace.limits(), PolicyJson::write);
    }

    /** What {@link #write(JsonObject, WorkspaceView)} wrote. */
    public static WorkspaceView workspace(JsonMembers from) throws JsonFault {
        return new WorkspaceView(
                SpecJson.workspace(from, "folder"),
                from.text("session", ""),
                from.read("limits", PolicyJson::limits, Limits.DEFAULT));
    }

    /** Writes the members of a task. */
    public static void write(JsonObject to, TaskView task) {
        to.put("id", task.id().value())
                .putObject("spec", task.spec(), SpecJson::writeWithoutValues)
                .putWord("phase", task.phase());
        if (!task.reason().isEmpty()) {
            to.put("reason", task.reason());
        }
        if (task.pid().isPresent()) {
            to.put("pid", task.pid());
        }
        if (!task.attempts().isEmpty()) {
            to.putObjects("attempts", task.attempts(), ViewJson::write);
        }
        if (task.cpu() != 0) {
            to.putNumber("cpu", task.cpu());
        }
        if (task.rssBytes() != 0) {
            to.put("rss_bytes", task.rssBytes());
        }
        to.putObject("expected", task.expected(), PolicyJson::write);
        if (task.heavy()) {
            to.put("heavy", true);
        }
        if (task.startedAt().isPresent()) {
            to.putMillis("started_at_ms", task.startedAt().get());
        }
        if (task.endedAt().isPresent()) {
            to.putMillis("ended_at_ms", task.endedAt().get());
        }
        if (task.outcome().isPresent()) {
            to.putObject("outcome", task.outcome().get(), OutcomeJson::write);
        }
    }

    /** What {@link #write(JsonObject, TaskView)} wrote. */
    public static TaskView task(JsonMembers from) throws JsonFault {
        return new TaskView(
                new TaskId(from.whole("id")),
                from.read("spec", SpecJson::spec),
                from.word("phase", Phase.values()),
                from.text("reason", ""),
                from.wholeIfAny("pid"),
                from.list("attempts", ViewJson::attempt),
                from.number("cpu", 0),
                from.whole("rss_bytes", 0),
                from.read("expected", PolicyJson::expected),
                from.flag("heavy", false),
                from.momentIfAny("started_at_ms"),
                from.momentIfAny("ended_at_ms"),
                from.readIfAny("outcome", OutcomeJson::outcome));
    }

    /** Writes the members of an attempt. */
    public static void write(JsonObject to, AttemptView attempt) {
        to.put("number", attempt.number()).put("log", attempt.log().toString());
        if (attempt.startedAt().isPresent()) {
            to.putMillis("started_at_ms", attempt.startedAt().get());
        }
        if (attempt.endedAt().isPresent()) {
            to.putMillis("ended_at_ms", attempt.endedAt().get());
        }
        if (attempt.outcome().isPresent()) {
            to.putObject("outcome", attempt.outcome().get(), OutcomeJson::write);
        }
        if (attempt.peakRssBytes() != 0) {
            to.put("peak_rss_bytes", attempt.peakRssBytes());
        }
        attempt.transcript().ifPresent(path -> to.put("transcript", path.toString()));
        attempt.agent().ifPresent(run -> to.putObject("agent", run, AgentJson::write));
    }

    /** What {@link #write(JsonObject, AttemptView)} wrote. */
    public static AttemptView attempt(JsonMembers from) throws JsonFault {
        return new AttemptView(
                from.count("number"),
                Path.of(from.text("log")),
                from.momentIfAny("started_at_ms"),
                from.momentIfAny("ended_at_ms"),
                from.readIfAny("outcome", OutcomeJson::outcome),
                from.whole("peak_rss_bytes", 0),
                from.textIfAny("transcript").map(Path::of),
                from.readIfAny("agent", AgentJson::run));
    }
}
