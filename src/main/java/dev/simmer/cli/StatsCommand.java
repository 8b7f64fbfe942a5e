package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Snapshot;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code simmer stats}: sums over the tasks that are remembered. */
final class StatsCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer stats", "sums: tasks, time, time saved, retries, failures")
                .about(
                        "Sums up the tasks that are remembered, of all workspaces: how many there"
                                + " are in each",
                        "state, how long jobs ran, how much of that time was saved because they"
                                + " ran side by",
                        "side, how often they were tried again and failed, and what agents used.")
                .flag("This workspace's only.", "-w", "--workspace")
                .json()
                .example("simmer stats -w", "")
                .example("simmer stats --json | jq .saved_ms", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        Optional<Connection> found = call.supervisor().look();
        Snapshot snapshot = Snapshot.EMPTY;
        if (found.isPresent()) {
            try (Connection connection = found.get()) {
                snapshot =
                        connection.snapshot(
                                call.words().has("--workspace")
                                        ? TaskFilter.of(Here.of(call.around()))
                                        : TaskFilter.ALL);
            }
        }
        Sums sums = Sums.of(snapshot.tasks(), snapshot.at());
        AgentSums agents = AgentSums.of(snapshot.tasks());
        if (call.words().has("--json")) {
            JsonObject json = json(sums);
            agents.write(json);
            call.around().say(json.toString());
        } else {
            lines(sums).forEach(call.around()::say);
            if (agents.runs() > 0) {
                call.around().say("agents    " + agents.words());
            }
        }
        return ExitCode.OK;
    }

    private static JsonObject json(Sums sums) {
        List<JsonObject> states = new ArrayList<>();
        for (Map.Entry<String, Integer> each : sums.states().entrySet()) {
            states.add(new JsonObject().put("state", each.getKey()).put("tasks", each.getValue()));
        }
        return new JsonObject()
                .put("tasks", sums.tasks())
                .put("states", states)
                .put("attempts", sums.attempts())
                .put("retries", sums.retries())
                .put("failures", sums.failures())
                .put("run_ms", sums.run().toMillis())
                .put("elapsed_ms", sums.elapsed().toMillis())
                .put("saved_ms", sums.saved().toMillis())
                .put("service_ms", sums.services().toMillis())
                .put("peak_rss_bytes", sums.peakBytes());
    }

    private static List<String> lines(Sums sums) {
        StringBuilder states = new StringBuilder();
        sums.states()
                .forEach((word, count) ->
                        states.append(states.isEmpty() ? " (" : ", ")
                                .append(count)
                                .append(' ')
                                .append(word));
        states.append(states.isEmpty() ? "" : ")");
        return List.of(
                "tasks     " + sums.tasks() + states,
                "attempts  "
                        + sums.attempts()
                        + ", "
                        + sums.retries()
                        + " of them again; "
                        + sums.failures()
                        + " failed",
                "jobs ran  "
                        + Durations.format(sums.run())
                        + ", in "
                        + Durations.format(sums.elapsed())
                        + ": "
                        + Durations.format(sums.saved())
                        + " saved by running side by side",
                "services  " + Durations.format(sums.services()),
                "peak      "
                        + (sums.peakBytes() > 0 ? ByteSize.format(sums.peakBytes()) : "-")
                        + ", the most of one task");
    }
}
