package dev.simmer.cli;

import dev.simmer.config.TaskFileReader;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code simmer explain}: why a task is in its state, and what it would take to start it. */
final class ExplainCommand implements Verb {
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
        List<CommandRefused> refused = new ArrayList<>();
        try {
            for (String word : call.words().operands()) {
                explain(call, found, word, all, refused);
            }
        } finally {
            found.ifPresent(Connection::close);
        }
        if (call.words().has("--json")) {
            call.around().say(TaskJson.array(all.stream().map(ExplainCommand::json).toList()));
        } else {
            String between = "";
            for (Explanation each : all) {
                call.around().say(between + String.join("\n", lines(each)));
                between = "\n";
            }
        }
        Optional<CommandRefused> wrong = CommandRefused.all(refused);
        if (wrong.isPresent()) {
            throw wrong.get();
        }
        return ExitCode.OK;
    }

    /** One word's task is explained, each once, or something is wrong with the word. */
    private static void explain(
            Call call,
            Optional<Connection> found,
            String word,
            List<Explanation> all,
            List<CommandRefused> refused)
            throws SupervisorFailure {
        Surroundings around = call.around();
        try {
            for (TaskView task : new Lookup(Here.of(around)).find(found, List.of(word))) {
                if (all.stream().noneMatch(each -> each.task().id().equals(task.id()))) {
                    all.add(ask(found.orElseThrow(), task));
                }
            }
        } catch (CommandRefused e) {
            refused.add(neverStarted(around, word).orElse(e));
        }
    }

    /** A task that is in the file, and that nobody has started. */
    private static Optional<CommandRefused> neverStarted(Surroundings around, String name) {
        TaskFiles files = new TaskFiles(around);
        Optional<Path> file = files.find(Optional.empty());
        if (file.isEmpty()
                || !(files.read(file.get()) instanceof TaskFileReader.Loaded(TaskFile loaded, _))) {
            return Optional.empty();
        }
        return loaded.tasks().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(each ->
                        new CommandRefused(
                                ExitCode.NO_SUCH_TASK,
                                List.of(
                                        "simmer: "
                                                + TerminalText.plain(name)
                                                + " is in "
                                                + TerminalText.plain(file.get().toString())
                                                + " and was never started"
                                                + (each.autostart()
                                                        ? ""
                                                        : ", as it does not start by itself")
                                                + "; `simmer up "
                                                + TerminalText.plain(name)
                                                + "` starts it")));
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
        List<String> lines = new ArrayList<>();
        lines.add(Acting.name(why.task()) + ": " + TerminalText.plain(why.standing()));
        for (Explanation.Line line : why.lines()) {
            String key = line.key();
            lines.add("  " + key + " ".repeat(11 - key.length()) + TerminalText.plain(line.text()));
        }
        return lines;
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
