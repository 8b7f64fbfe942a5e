package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AttemptView;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code simmer show}: everything about a task. */
final class ShowCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer show", "everything about a task")
                .about(
                        "Shows everything about tasks: what they are, why they wait, what they are"
                                + " expected to",
                        "need, all their attempts and where their logs lie. An ID is a task's"
                                + " number or name.")
                .operands("ID...", 1, Integer.MAX_VALUE)
                .flag(
                        "The values of the task's own variables too, as its process has them; they"
                                + " may be secret.",
                        "--env")
                .json()
                .example("simmer show build", "")
                .example("simmer show 7 --json | jq '.[0].attempts[].log'", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        Surroundings around = call.around();
        Optional<Connection> found = call.supervisor().look();
        List<TaskView> tasks;
        try {
            tasks = new Acting(call, "show").named(found);
        } finally {
            found.ifPresent(Connection::close);
        }
        boolean values = call.words().has("--env");
        if (call.words().has("--json")) {
            List<JsonObject> all = new ArrayList<>();
            for (TaskView task : tasks) {
                JsonObject json = TaskJson.all(task);
                if (values) {
                    List<JsonObject> variables = new ArrayList<>();
                    environment(task)
                            .forEach((name, value) ->
                                    variables.add(
                                            new JsonObject()
                                                    .put("name", name)
                                                    .put("value", value)));
                    json.put("env", variables);
                }
                all.add(json);
            }
            around.say(TaskJson.array(all));
            return ExitCode.OK;
        }
        String between = "";
        for (TaskView task : tasks) {
            around.say(between + String.join("\n", lines(task, values)));
            between = "\n";
        }
        return ExitCode.OK;
    }

    private static List<String> lines(TaskView task, boolean values) {
        TaskSpec spec = task.spec();
        List<String> lines = new ArrayList<>();
        lines.add(Acting.name(task) + ", " + spec.kind().word());
        add(lines, "state", task.phase().word());
        add(lines, "reason", task.reason());
        if (spec.planned().isPresent()) {
            AgentWords.show(spec.planned().get(), task.agent())
                    .forEach(each -> add(lines, each.key(), each.value()));
        } else {
            add(lines, "command", spec.command().text());
        }
        add(lines, "folder", spec.cwd().toString());
        add(lines, "workspace", spec.workspace().toString());
        add(lines, "session", spec.session());
        add(lines, "needs", needs(spec));
        add(lines, "locks", String.join(", ", spec.locks()));
        add(lines, "priority", spec.priority() == 0 ? "" : Integer.toString(spec.priority()));
        add(lines, "timeout", spec.timeout().map(Durations::format).orElse(""));
        add(lines, "input", spec.input() ? "yes" : "");
        add(lines, "terminal", spec.tty() ? "yes" : "");
        add(lines, "expected", task.expected().words() + (task.heavy() ? "; heavy" : ""));
        add(
                lines,
                "evictable",
                task.spec().evictable().map(each -> each ? "yes" : "no").orElse(""));
        add(lines, "isolate", task.spec().isolateMemory() ? "memory" : "");
        if (task.phase().active()) {
            add(lines, "memory", ByteSize.format(task.rssBytes()));
        }
        task.pid().ifPresent(pid -> add(lines, "pid", Long.toString(pid)));
        add(lines, "variables", String.join(", ", spec.env().keySet()));
        if (values) {
            environment(task).forEach((name, value) -> add(lines, "  " + name, value));
        }
        task.attempts()
                .forEach(attempt -> add(lines, "attempt " + attempt.number(), text(attempt)));
        return lines;
    }

    /** Adds a key with its value, unless that is empty. */
    static void add(List<String> lines, String key, String value) {
        if (!value.isEmpty()) {
            lines.add(
                    "  "
                            + TerminalText.plain(key)
                            + " ".repeat(Math.max(1, 12 - key.length()))
                            + TerminalText.plain(value));
        }
    }

    private static String needs(TaskSpec spec) {
        return String.join(
                ", ",
                spec.needs().stream()
                        .map(need -> need.task() + " " + need.condition().word())
                        .toList());
    }

    private static String text(AttemptView attempt) {
        String outcome = attempt.outcome().map(each -> each.phase().word()).orElse("runs");
        String reason = attempt.outcome().map(Outcome::reason).orElse("");
        return outcome
                + (reason.isEmpty() ? "" : " (" + reason + ")")
                + " after "
                + Durations.format(TaskJson.took(attempt, Instant.now()))
                + (attempt.peakRssBytes() > 0
                        ? ", peak " + ByteSize.format(attempt.peakRssBytes())
                        : "")
                + ", "
                + attempt.shown();
    }

    /** The task's own variables as its process was given them; none where it does not run. */
    private static Map<String, String> environment(TaskView task) {
        Map<String, String> values = new TreeMap<>();
        if (task.pid().isEmpty()) {
            return values;
        }
        try {
            Path file = Path.of("/proc/" + task.pid().getAsLong() + "/environ");
            String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String each : all.split("\0", -1)) {
                int equals = each.indexOf('=');
                if (equals > 0 && task.spec().env().containsKey(each.substring(0, equals))) {
                    values.put(each.substring(0, equals), each.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            // It has ended meanwhile.
        }
        return values;
    }
}
