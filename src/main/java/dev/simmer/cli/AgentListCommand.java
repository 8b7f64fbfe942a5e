package dev.simmer.cli;

import dev.simmer.agent.definition.Broken;
import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.definition.Skill;
import dev.simmer.agent.runner.Runners;
import dev.simmer.agent.stream.Program;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code simmer agent list}: the definitions that there are, and the programs that run them. */
final class AgentListCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer agent list", "the definitions and programs that are here")
                .about(
                        "Lists the definitions of agents of this workspace, of yours and of"
                                + " Simmer's own, the",
                        "skills, the files that could not be used, and which coding-agent programs"
                                + " are on PATH.",
                        "Of several definitions with one name the first counts: the project's,"
                                + " yours, Simmer's.")
                .json()
                .example("simmer agent list", "")
                .example("simmer agent list --json | jq -r '.agents[].name'", "")
                .build();
    }

    @Override
    public int run(Call call) {
        Surroundings around = call.around();
        Map<String, String> environment = Inherited.of(around).variables();
        Catalogue catalogue = AgentPlans.catalogue(Here.of(around).folder(), environment);
        Runners runners = Runners.onPath(environment);
        if (call.words().has("--json")) {
            around.say(json(catalogue, runners).toString());
        } else {
            print(around, catalogue, runners);
        }
        return ExitCode.OK;
    }

    private static JsonObject json(Catalogue catalogue, Runners runners) {
        List<JsonObject> programs = new ArrayList<>();
        for (Program program : programs()) {
            JsonObject json = new JsonObject().put("name", program.word());
            Optional<Path> path = runners.find(program);
            if (path.isPresent()) {
                json.put("path", path.get().toString());
            } else {
                json.putNull("path");
            }
            programs.add(json);
        }
        return new JsonObject()
                .put(
                        "agents",
                        catalogue.entries().stream()
                                .map(each -> DefinitionJson.row(each, catalogue))
                                .toList())
                .put("skills", catalogue.skills().stream().map(DefinitionJson::skill).toList())
                .put("broken", DefinitionJson.broken(catalogue.broken()))
                .put("runners", programs);
    }

    private static List<Program> programs() {
        List<Program> programs = new ArrayList<>(List.of(Program.values()));
        programs.remove(Program.COMMAND);
        return programs;
    }

    private static void print(Surroundings around, Catalogue catalogue, Runners runners) {
        if (catalogue.entries().isEmpty()) {
            around.say("no agents; put a definition into .agents/agents");
        } else {
            TextTable table =
                    new TextTable("name", "place", "model", "tools", "what")
                            .mayLeaveOut("tools", "model", "place");
            catalogue.entries().forEach(each -> table.add(0, cells(each)));
            table.lines(TerminalWidth.of(around)).forEach(around::say);
        }
        if (!catalogue.skills().isEmpty()) {
            around.say("");
            TextTable table = new TextTable("skill", "place", "what").mayLeaveOut("place");
            for (Skill skill : catalogue.skills()) {
                table.add(
                        0,
                        List.of(
                                plain(skill.name()),
                                DefinitionJson.word(skill.place()),
                                plain(firstLine(skill.description()))));
            }
            table.lines(TerminalWidth.of(around)).forEach(around::say);
        }
        around.say("");
        around.say("runners on PATH: " + there(runners));
        for (Definition each : catalogue.entries()) {
            for (Definition hidden : catalogue.shadowed(each.name())) {
                around.say(
                        "hidden: "
                                + plain(hidden.file().toString())
                                + ", as "
                                + plain(each.file().toString())
                                + " is named "
                                + plain(each.name())
                                + " too");
            }
        }
        for (Broken broken : catalogue.broken()) {
            around.say("cannot be used: " + plain(broken.file() + ": " + broken.why()));
        }
    }

    private static List<String> cells(Definition definition) {
        String model =
                definition.command().isPresent() ? "none" : definition.model().orElse("inherit");
        String tools =
                definition.command().isPresent()
                        ? "-"
                        : definition.tools().map(names -> String.join(" ", names)).orElse("all")
                                + (definition.readOnly() ? " (read-only)" : "");
        return List.of(
                plain(definition.name()),
                DefinitionJson.word(definition.place()),
                plain(model),
                plain(tools),
                plain(definition.headline()));
    }

    private static String there(Runners runners) {
        List<String> names =
                programs().stream()
                        .filter(each -> runners.find(each).isPresent())
                        .map(Program::word)
                        .toList();
        return names.isEmpty()
                ? "none; agents that are commands of their own run nevertheless"
                : String.join(", ", names);
    }

    private static String firstLine(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    }

    private static String plain(String text) {
        return TerminalText.plain(text);
    }
}
