package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Phase;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.SupervisorStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code simmer supervisor}: the background process itself. */
final class SupervisorCommand implements Verb {
    private static final List<String> ACTIONS = List.of("start", "stop", "status", "run");

    @Override
    public Usage usage() {
        return Usage.of("simmer supervisor", "the background process itself")
                .about(
                        "The supervisor is the background process that owns all tasks. Commands"
                                + " start it when",
                        "they need it.",
                        "",
                        "  start   start it, where none runs",
                        "  stop    end it; tasks that run go on, and the next supervisor takes them"
                                + " up;",
                        "          an open dashboard waits for Enter to start that one",
                        "  status  its version, process, memory, tasks, clients and sizes on disk",
                        "  run     be it, in the foreground")
                .operands("start|stop|status|run", 1, 1)
                .json()
                .notes("Exit codes: 0; 4 status: none runs; start, run: it cannot be started.")
                .example("simmer supervisor status", "")
                .example("simmer supervisor stop", "after an update, or to free its memory")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure, InterruptedException {
        String action = call.words().operands().getFirst();
        return switch (action) {
            case "start" -> start(call);
            case "stop" -> stop(call);
            case "status" -> status(call);
            // By this name whoever starts one in the background calls it.
            case "run", "serve" -> Serving.run(call.around());
            default ->
                    throw CommandRefused.usage(
                            "`simmer supervisor` knows "
                                    + String.join(", ", ACTIONS)
                                    + ", not "
                                    + TerminalText.plain(action));
        };
    }

    private static int start(Call call) throws CommandRefused, SupervisorFailure {
        try (Connection connection = call.supervisor().connect()) {
            SupervisorStatus status = connection.status();
            if (call.words().has("--json")) {
                call.around().say(json(status).toString());
            } else {
                call.around().say("the supervisor runs as process " + status.pid());
            }
            return ExitCode.OK;
        }
    }

    private static int stop(Call call) throws CommandRefused, SupervisorFailure {
        Optional<Connection> found = call.supervisor().find();
        boolean json = call.words().has("--json");
        if (found.isEmpty()) {
            call.around().say(noneRuns(json, "stopped"));
            return ExitCode.OK;
        }
        try (Connection connection = found.get()) {
            SupervisorStatus status = connection.status();
            int active = active(status.tasks());
            connection.shutdown();
            call.around()
                    .say(
                            json
                                    ? new JsonObject()
                                            .put("stopped", true)
                                            .put("pid", status.pid())
                                            .put("tasks_going_on", active)
                                            .toString()
                                    : "the supervisor has ended" + goingOn(active));
            return ExitCode.OK;
        }
    }

    /** That no supervisor runs; in JSON by a member that is false. */
    private static String noneRuns(boolean json, String member) {
        return json ? new JsonObject().put(member, false).toString() : "no supervisor runs";
    }

    private static String goingOn(int active) {
        return switch (active) {
            case 0 -> "; no task ran";
            case 1 -> "; the task that runs goes on, and the next supervisor takes it up";
            default ->
                    "; the "
                            + active
                            + " tasks that run go on, and the next supervisor takes them up";
        };
    }

    private static int active(Map<String, Integer> tasks) {
        int active = 0;
        for (Phase phase : Phase.values()) {
            active += phase.active() ? tasks.getOrDefault(phase.word(), 0) : 0;
        }
        return active;
    }

    private static int status(Call call) throws CommandRefused, SupervisorFailure {
        Optional<Connection> found = call.supervisor().find();
        boolean json = call.words().has("--json");
        if (found.isEmpty()) {
            call.around().say(noneRuns(json, "running"));
            return ExitCode.NO_SUPERVISOR;
        }
        try (Connection connection = found.get()) {
            SupervisorStatus status = connection.status();
            if (json) {
                call.around().say(json(status).toString());
            } else {
                lines(status).forEach(call.around()::say);
            }
            return ExitCode.OK;
        }
    }

    private static JsonObject json(SupervisorStatus status) {
        List<JsonObject> tasks = new ArrayList<>();
        status.tasks()
                .forEach((state, count) ->
                        tasks.add(new JsonObject().put("state", state).put("tasks", count)));
        List<JsonObject> disk = new ArrayList<>();
        status.diskBytes()
                .forEach((what, bytes) ->
                        disk.add(new JsonObject().put("what", what).put("bytes", bytes)));
        return new JsonObject()
                .put("running", true)
                .put("version", status.version())
                .put("protocol", status.protocol())
                .put("pid", status.pid())
                .put("home", status.home().toString())
                .put("uptime_ms", status.uptime().toMillis())
                .put("rss_bytes", status.residentBytes())
                .put("heap_used_bytes", status.heapUsedBytes())
                .put("heap_max_bytes", status.heapMaxBytes())
                .put("tasks", tasks)
                .put("clients", status.clients())
                .put("subscriptions", status.subscriptions())
                .put("disk", disk);
    }

    private static List<String> lines(SupervisorStatus status) {
        List<String> tasks = new ArrayList<>();
        status.tasks().forEach((state, count) -> tasks.add(count + " " + state));
        List<String> lines = new ArrayList<>();
        lines.add("version   " + status.version() + ", protocol " + status.protocol());
        lines.add("process   " + status.pid() + ", for " + Durations.format(status.uptime()));
        lines.add("home      " + TerminalText.plain(status.home().toString()));
        lines.add(
                "memory    "
                        + (status.residentBytes() > 0
                                ? ByteSize.format(status.residentBytes()) + ", "
                                : "")
                        + "heap "
                        + ByteSize.format(status.heapUsedBytes())
                        + " of "
                        + ByteSize.format(status.heapMaxBytes()));
        lines.add("tasks     " + (tasks.isEmpty() ? "none" : String.join(", ", tasks)));
        lines.add(
                "clients   "
                        + status.clients()
                        + ", "
                        + status.subscriptions()
                        + (status.subscriptions() == 1 ? " subscription" : " subscriptions"));
        status.diskBytes()
                .forEach((what, bytes) ->
                        lines.add("on disk   " + what + " " + ByteSize.format(bytes)));
        return lines;
    }
}
