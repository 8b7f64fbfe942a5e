package dev.simmer.headless;

import dev.simmer.json.JsonObject;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Events, one JSON object a line; docs/JSON.md has their shapes. */
final class JsonPrinter implements Printer {
    private final Outlets outlets;

    JsonPrinter(Outlets outlets) {
        this.outlets = outlets;
    }

    @Override
    public Lines lines() {
        return Lines.AT_ONCE;
    }

    @Override
    public void started(TaskView task, AttemptView attempt) throws OutputGone {
        JsonObject event =
                event("task-started", task)
                        .put("attempt", attempt.number())
                        .put("kind", task.spec().kind().word())
                        .put("command", task.spec().work())
                        .put("log", attempt.log().toString());
        attempt.startedAt().ifPresent(at -> event.put("at", at));
        print(event);
    }

    @Override
    public void line(TaskView task, AttemptView attempt, Piece piece) throws OutputGone {
        JsonObject event =
                new JsonObject()
                        .put("event", "line")
                        .put("task", task.name())
                        .put("attempt", attempt.number())
                        .put("text", piece.text().text());
        print(piece.end() ? event : event.put("continues", true));
    }

    @Override
    public void ended(Happening.AttemptEnded end) throws OutputGone {
        AttemptView attempt = end.attempt();
        JsonObject event = event("task-ended", end.task()).put("attempt", attempt.number());
        outcome(event, attempt.outcome());
        event.put("duration_ms", RunSummary.took(attempt).toMillis()).put("final", end.last());
        attempt.endedAt().ifPresent(at -> event.put("at", at));
        print(event);
    }

    @Override
    public void held(Happening.AttemptHeld held) throws OutputGone {
        String name = held.paused() ? "task-paused" : "task-resumed";
        JsonObject event = event(name, held.task()).put("attempt", held.attempt().number());
        print(held.paused() ? event.put("reason", held.task().reason()) : event);
    }

    @Override
    public void endedUnstarted(TaskView task) throws OutputGone {
        JsonObject event = event("task-ended", task).put("attempt", task.attempt());
        outcome(event, task.outcome());
        event.put("duration_ms", 0).put("final", true);
        task.endedAt().ifPresent(at -> event.put("at", at));
        print(event);
    }

    @Override
    public void note(String text) throws OutputGone {
        outlets.err(TextPrinter.OWN + text);
    }

    @Override
    public void runEnded(RunSummary summary) throws OutputGone {
        List<JsonObject> tasks = new ArrayList<>();
        for (RunSummary.Row row : summary.rows()) {
            JsonObject task =
                    new JsonObject().put("task", row.task()).put("kind", row.kind().word());
            outcome(task, row.outcome());
            task.put("attempts", row.attempts())
                    .put("duration_ms", millis(row.took()))
                    .put("peak_rss_bytes", positive(row.peakBytes()));
            if (row.log().isPresent()) {
                task.put("log", row.log().get().toString());
            } else {
                task.putNull("log");
            }
            row.agent().ifPresent(run -> agent(task, run));
            tasks.add(task);
        }
        print(
                new JsonObject()
                        .put("event", "run-ended")
                        .put("outcome", summary.outcome().word())
                        .put("exit_code", summary.outcome().exitCode())
                        .put("started_at", summary.startedAt())
                        .put("duration_ms", summary.took().toMillis())
                        .put("tasks", tasks));
    }

    @Override
    public void flush() throws OutputGone {
        outlets.flush();
    }

    private void print(JsonObject event) throws OutputGone {
        outlets.out(event + "\n");
    }

    private static JsonObject event(String name, TaskView task) {
        return new JsonObject()
                .put("event", name)
                .put("task", task.name())
                .put("id", task.id().value());
    }

    private static void outcome(JsonObject object, Optional<Outcome> outcome) {
        object.put("outcome", outcome.map(each -> each.phase().word()).orElse("unfinished"))
                .put("exit_code", outcome.map(Outcome::exitCode).orElse(OptionalInt.empty()))
                .put("reason", outcome.map(Outcome::reason).orElse(""));
    }

    private static void agent(JsonObject task, AgentRun run) {
        if (run.verdict().isPresent()) {
            task.put("verdict", run.verdict().get().word());
        } else {
            task.putNull("verdict");
        }
        if (run.report().isPresent()) {
            task.put("report", run.report().get().toString());
        } else {
            task.putNull("report");
        }
        task.put("turns", run.turns())
                .put("tools", run.tools())
                .put("tokens_in", run.tokensIn())
                .put("tokens_out", run.tokensOut());
        if (run.costUsd().isPresent()) {
            task.putNumber("cost_usd", run.costUsd().getAsDouble());
        } else {
            task.putNull("cost_usd");
        }
    }

    private static OptionalLong millis(Optional<java.time.Duration> duration) {
        return duration.isPresent()
                ? OptionalLong.of(duration.get().toMillis())
                : OptionalLong.empty();
    }

    private static OptionalLong positive(long bytes) {
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
}
