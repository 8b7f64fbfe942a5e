package dev.simmer.cli;

import dev.simmer.config.Mistake;
import dev.simmer.config.TaskFileReader;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Need;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import java.nio.file.Path;
import java.util.List;

/** {@code simmer check}: validates a task file. */
final class CheckCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer check", "validate a task file")
                .about(
                        "Validates a task file: all its mistakes in one go, each with its place,",
                        "what is wrong and what would be right.")
                .value(
                        "FILE",
                        "The task file; else the nearest simmer.yaml from here upwards.",
                        "-f",
                        "--file")
                .json()
                .notes("Exit codes: 0 the file is whole, 2 it is not (or cannot be read).")
                .example("simmer check", "")
                .example("simmer check -f ci/simmer.yaml --json", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused {
        Surroundings around = call.around();
        TaskFiles files = new TaskFiles(around);
        Path file = files.need(call.words().text("--file").map(Path::of));
        if (call.words().has("--json")) {
            TaskFileReader.Result result = files.read(file);
            around.say(json(file, result).toString());
            return result instanceof TaskFileReader.Loaded ? ExitCode.OK : ExitCode.USAGE;
        }
        TaskFile loaded = files.load(file);
        around.say(
                TerminalText.plain(file.toString())
                        + ": fine, "
                        + counted(loaded.tasks().size(), "task")
                        + ", "
                        + counted(loaded.groups().size(), "group"));
        return ExitCode.OK;
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static JsonObject json(Path file, TaskFileReader.Result result) {
        JsonObject json = new JsonObject().put("file", file.toString());
        return switch (result) {
            case TaskFileReader.Broken(List<Mistake> mistakes) ->
                    json.put("ok", false)
                            .put("mistakes", mistakes.stream().map(CheckCommand::json).toList());
            case TaskFileReader.Loaded(TaskFile loaded) ->
                    json.put("ok", true)
                            .put("name", loaded.name())
                            .put("workspace", loaded.workspace().toString())
                            .put("tasks", loaded.tasks().stream().map(CheckCommand::json).toList())
                            .put(
                                    "groups",
                                    loaded.groups().entrySet().stream()
                                            .map(group ->
                                                    new JsonObject()
                                                            .put("name", group.getKey())
                                                            .putTexts("tasks", group.getValue()))
                                            .toList())
                            .putTexts("warnings", loaded.warnings());
        };
    }

    private static JsonObject json(Mistake mistake) {
        return new JsonObject()
                .put("file", mistake.file().toString())
                .put("line", mistake.line())
                .put("column", mistake.column())
                .put("wrong", mistake.wrong())
                .put("right", mistake.right());
    }

    private static JsonObject json(TaskSpec task) {
        return new JsonObject()
                .put("name", task.name())
                .put("kind", task.kind().word())
                .put("command", task.command().text())
                .put("cwd", task.cwd().toString())
                .putTexts("needs", task.needs().stream().map(Need::task).toList())
                .put("autostart", task.autostart());
    }
}
