package dev.simmer.cli;

import dev.simmer.agent.Planning;
import dev.simmer.config.Mistake;
import dev.simmer.config.TaskFileReader;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Need;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code simmer check}: validates a task file. */
final class CheckCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer check", "validate a task file")
                .about(
                        "Validates a task file: all its mistakes in one go, each with its place,",
                        "what is wrong and what would be right. Agents are planned as if they were"
                                + " run: a",
                        "definition that is not there is a mistake, a program that is not installed"
                                + " a warning.")
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
        Checked checked =
                switch (files.read(file)) {
                    case TaskFileReader.Broken broken -> checked(file, broken, around);
                    case TaskFileReader.Loaded loaded -> checked(file, loaded, around);
                };
        if (call.words().has("--json")) {
            around.say(json(file, checked).toString());
            return checked instanceof Checked.Whole ? ExitCode.OK : ExitCode.USAGE;
        }
        return switch (checked) {
            case Checked.Wrong(List<Mistake> mistakes, List<String> warnings) -> {
                warnings.forEach(each -> around.complain("warning: " + each));
                throw new CommandRefused(
                        ExitCode.USAGE, mistakes.stream().map(Mistake::message).toList());
            }
            case Checked.Whole(TaskFile whole, List<String> warnings) -> {
                warnings.forEach(each -> around.complain("warning: " + each));
                around.say(
                        TerminalText.plain(file.toString())
                                + ": fine, "
                                + counted(whole.tasks().size(), "task")
                                + ", "
                                + counted(whole.groups().size(), "group"));
                yield ExitCode.OK;
            }
        };
    }

    /** What came of it. */
    private sealed interface Checked {
        record Whole(TaskFile file, List<String> warnings) implements Checked {}

        record Wrong(List<Mistake> mistakes, List<String> warnings) implements Checked {}
    }

    /** What is wrong with agents, and odd about them. */
    private static final class Agents {
        private final Path file;
        private final Map<String, TaskFileReader.Place> places;
        private final List<Mistake> mistakes = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        Agents(Path file, Map<String, TaskFileReader.Place> places) {
            this.file = file;
            this.places = places;
        }

        /** Plans those of the tasks that are agents. */
        Agents plan(List<TaskSpec> tasks, Surroundings around) throws CommandRefused {
            AgentPlans plans = new AgentPlans(Inherited.of(around));
            for (TaskSpec task : tasks) {
                switch (plans.plan(task)) {
                    case Planning.Planned planned ->
                            planned.warnings()
                                    .forEach(each ->
                                            warnings.add(
                                                    at(task, AgentPlans.noted(task, each))
                                                            .message()));
                    case Planning.Refused(List<Planning.Reason> reasons) ->
                            reasons.forEach(each -> take(task, each));
                }
            }
            return this;
        }

        private void take(TaskSpec task, Planning.Reason reason) {
            Mistake mistake = at(task, AgentPlans.told(task, reason.why()));
            switch (reason.fault()) {
                case ORDER -> mistakes.add(mistake);
                case RUNNER -> warnings.add(mistake.message());
            }
        }

        private Mistake at(TaskSpec task, String wrong) {
            TaskFileReader.Place at =
                    places.getOrDefault(task.name(), new TaskFileReader.Place(1, 1));
            return new Mistake(file, at.line(), at.column(), wrong, "");
        }
    }

    private static Checked checked(Path file, TaskFileReader.Loaded loaded, Surroundings around)
            throws CommandRefused {
        Agents agents = new Agents(file, loaded.agents()).plan(loaded.file().tasks(), around);
        List<String> warnings = new ArrayList<>(loaded.file().warnings());
        warnings.addAll(agents.warnings);
        return agents.mistakes.isEmpty()
                ? new Checked.Whole(loaded.file(), warnings)
                : new Checked.Wrong(agents.mistakes, warnings);
    }

    private static Checked checked(Path file, TaskFileReader.Broken broken, Surroundings around)
            throws CommandRefused {
        Agents agents = new Agents(file, broken.places()).plan(broken.agents(), around);
        List<Mistake> mistakes = new ArrayList<>(broken.mistakes());
        mistakes.addAll(agents.mistakes);
        // The task file's first, as the reader has them.
        mistakes.sort(
                Comparator.comparing((Mistake each) -> !each.file().equals(file))
                        .thenComparing(Comparator.naturalOrder()));
        return new Checked.Wrong(mistakes, agents.warnings);
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static JsonObject json(Path file, Checked checked) {
        JsonObject json = new JsonObject().put("file", file.toString());
        return switch (checked) {
            case Checked.Wrong(List<Mistake> mistakes, List<String> warnings) ->
                    json.put("ok", false)
                            .put("mistakes", mistakes.stream().map(CheckCommand::json).toList())
                            .putTexts("warnings", warnings);
            case Checked.Whole(TaskFile loaded, List<String> warnings) ->
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
                            .putTexts("warnings", warnings);
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
