package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Tasks as JSON; docs/JSON.md has the shapes. */
final class TaskJson {
    private TaskJson() {}

    /** A row of {@code list}. */
    static JsonObject row(TaskView task) {
        JsonObject json = named(task);
        json.put("kind", task.spec().kind().word())
                .put("state", task.phase().word())
                .put("reason", task.reason())
                .put("workspace", task.spec().workspace().toString())
                .put("session", task.spec().session())
                .put("command", task.spec().work())
                .put("pid", task.pid())
                .put("attempt", task.attempt())
                .put("exit_code", task.exitCode())
                .putNumber("cpu", task.cpu())
                .put("rss_bytes", task.rssBytes());
        expected(json, task.expected());
        moment(json, "started_at", task.startedAt());
        moment(json, "ended_at", task.endedAt());
        path(json, "log", task.log());
        if (task.spec().kind() == Kind.AGENT) {
            agent(json, task);
        }
        return json;
    }

    /** Adds what only agents have. */
    private static void agent(JsonObject json, TaskView task) {
        Optional<AgentSpec.Planned> planned = task.spec().planned();
        text(json, "agent", planned.map(AgentSpec.Planned::definition));
        text(json, "runner", planned.map(AgentSpec.Planned::runner));
        text(json, "background_agent_id", planned.map(AgentSpec.Planned::agentId));
        text(json, "title", planned.map(AgentSpec.Planned::title));
        run(json, task.agent());
        path(
                json,
                "transcript",
                task.attempts().isEmpty()
                        ? Optional.empty()
                        : task.attempts().getLast().transcript());
    }

    /** Adds what is known of an agent's run. */
    private static void run(JsonObject json, Optional<AgentRun> run) {
        text(json, "agent_state", run.map(each -> each.state().word()));
        text(json, "doing", run.map(AgentRun::doing));
        moment(json, "until", run.flatMap(AgentRun::until));
        text(json, "verdict", run.flatMap(AgentRun::verdict).map(AgentVerdict::word));
        path(json, "report", run.flatMap(AgentRun::report));
        json.put("turns", run.map(AgentRun::turns).orElse(0))
                .put("tools", run.map(AgentRun::tools).orElse(0))
                .put("tokens_in", run.map(AgentRun::tokensIn).orElse(0L))
                .put("tokens_out", run.map(AgentRun::tokensOut).orElse(0L));
        OptionalDouble cost = run.map(AgentRun::costUsd).orElse(OptionalDouble.empty());
        if (cost.isPresent()) {
            json.putNumber("cost_usd", cost.getAsDouble());
        } else {
            json.putNull("cost_usd");
        }
        json.put("cost_estimated", run.map(AgentRun::costEstimated).orElse(false));
    }

    private static void text(JsonObject json, String key, Optional<String> text) {
        if (text.isPresent()) {
            json.put(key, text.get());
        } else {
            json.putNull(key);
        }
    }

    /** Adds what a task is expected to need and why. */
    static void expected(JsonObject json, MemoryEstimate expected) {
        json.put("expected_bytes", expected.bytes()).put("expected_from", expected.source().word());
        if (expected.evidence().isEmpty()) {
            json.putNull("expected_evidence");
        } else {
            MemoryEstimate.Evidence evidence = expected.evidence().get();
            json.putObject(
                    "expected_evidence",
                    evidence,
                    (to, each) ->
                            to.put("runs", each.runs())
                                    .put("percentile_bytes", each.percentileBytes())
                                    .put("largest_bytes", each.largestBytes())
                                    .put("margin_percent", each.marginPercent())
                                    .put("bytes", each.bytes()));
        }
    }

    /** All about one task. */
    static JsonObject all(TaskView task) {
        JsonObject json = row(task);
        json.put("cwd", task.spec().cwd().toString())
                .put("heavy", task.heavy())
                .put("priority", task.spec().priority())
                .put("evictable", task.spec().mayBeEvicted())
                .put("isolate_memory", task.spec().isolateMemory())
                .put("input", task.spec().input())
                .put("tty", task.spec().tty())
                .put("log_limit_bytes", task.spec().logLimit().bytes())
                .put("needs", task.spec().needs().stream().map(TaskJson::need).toList())
                .putTexts("locks", List.copyOf(task.spec().locks()))
                .putTexts("env_names", List.copyOf(task.spec().env().keySet()));
        if (task.spec().kind() == Kind.AGENT) {
            path(json, "diff", task.agent().flatMap(AgentRun::diff));
            json.putTexts("notes", task.agent().map(AgentRun::notes).orElse(List.of()));
            text(json, "session_file", task.spec().planned().flatMap(AgentSpec.Planned::session));
            json.put("command_line", task.spec().command().text());
        }
        List<JsonObject> attempts = new ArrayList<>();
        task.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
        return json.put("attempts", attempts);
    }

    private static JsonObject need(Need need) {
        return new JsonObject().put("task", need.task()).put("condition", need.condition().word());
    }

    private static JsonObject attempt(AttemptView attempt) {
        return attempt(new JsonObject(), attempt);
    }

    /** Adds an attempt's members. */
    static JsonObject attempt(JsonObject json, AttemptView attempt) {
        json.put("attempt", attempt.number())
                .put("outcome", attempt.outcome().map(each -> each.phase().word()).orElse(""))
                .put(
                        "exit_code",
                        attempt.outcome().map(Outcome::exitCode).orElse(OptionalInt.empty()))
                .put("reason", attempt.outcome().map(Outcome::reason).orElse(""));
        moment(json, "started_at", attempt.startedAt());
        moment(json, "ended_at", attempt.endedAt());
        json.put("peak_rss_bytes", attempt.peakRssBytes()).put("log", attempt.log().toString());
        if (attempt.agent().isPresent()) {
            run(json, attempt.agent());
        }
        return json;
    }

    /** What a task is called. */
    static JsonObject named(TaskView task) {
        return new JsonObject().put("id", task.id().value()).put("name", task.name());
    }

    /** What commands answer that act on tasks. */
    static JsonObject acted(String verb, List<TaskView> tasks) {
        return new JsonObject()
                .put("done", verb)
                .put("tasks", tasks.stream().map(TaskJson::named).toList());
    }

    /** One JSON array, an element a line. */
    static String array(List<JsonObject> elements) {
        StringBuilder text = new StringBuilder("[");
        String before = "\n";
        for (JsonObject each : elements) {
            text.append(before).append(each);
            before = ",\n";
        }
        return text.append(elements.isEmpty() ? "]" : "\n]").toString();
    }

    static void moment(JsonObject json, String key, Optional<Instant> at) {
        if (at.isPresent()) {
            json.put(key, at.get());
        } else {
            json.putNull(key);
        }
    }

    private static void path(JsonObject json, String key, Optional<Path> path) {
        if (path.isPresent()) {
            json.put(key, path.get().toString());
        } else {
            json.putNull(key);
        }
    }

    /** How long an attempt has taken up to a moment. */
    static Duration took(AttemptView attempt, Instant now) {
        if (attempt.startedAt().isEmpty()) {
            return Duration.ZERO;
        }
        Duration took = Duration.between(attempt.startedAt().get(), attempt.endedAt().orElse(now));
        return took.isNegative() ? Duration.ZERO : took;
    }
}
