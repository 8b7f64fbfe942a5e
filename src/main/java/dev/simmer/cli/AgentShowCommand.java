package dev.simmer.cli;

import dev.simmer.agent.AgentPlanner;
import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.runner.Compiled;
import dev.simmer.agent.runner.Invocation;
import dev.simmer.agent.runner.Order;
import dev.simmer.agent.runner.ProjectFiles;
import dev.simmer.agent.runner.Runner;
import dev.simmer.agent.runner.Runners;
import dev.simmer.agent.stream.Program;
import dev.simmer.config.DidYouMean;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Durations;
import dev.simmer.model.ShellQuote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code simmer agent show}: a definition, as it was understood. */
final class AgentShowCommand implements Verb {
    /** Longer words of a command line are cut where people read it, in code points. */
    private static final int LONGEST_WORD = 100;

    /** What stands for the prompt, the program's session and the folder of a run's files. */
    private static final String PROMPT = "PROMPT";

    private static final UUID SESSION = new UUID(0, 0);
    private static final Path FILES = Path.of("/RUN-FOLDER");

    @Override
    public Usage usage() {
        return Usage.of("simmer agent show", "a definition, as it was understood")
                .about(
                        "Shows a definition in the one form that it has for every program, whatever"
                                + " program its",
                        "file was written for: what had to be guessed or repaired, what the file"
                                + " says that Simmer",
                        "does not know, and the command line that the program gets.")
                .operands("NAME", 1, 1)
                .value(
                        "RUNNER",
                        "The command line of this program; else of the one that would be chosen.",
                        "--runner")
                .json()
                .example("simmer agent show explorer", "")
                .example("simmer agent show explorer --runner codex", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused {
        Surroundings around = call.around();
        Map<String, String> environment = Inherited.of(around).variables();
        Path workspace = Here.of(around).folder();
        Catalogue catalogue = AgentPlans.catalogue(workspace, environment);
        String name = call.words().operands().getFirst();
        Definition definition =
                AgentPlanner.find(catalogue, name)
                        .orElseThrow(() ->
                                CommandRefused.usage(
                                        AgentPlanner.unknown(
                                                catalogue, name, DidYouMean::nearest)));
        Compiled compiled =
                compiled(
                        definition,
                        workspace,
                        call.words().text("--runner"),
                        environment,
                        ProjectFiles.refusedBy(catalogue, workspace));
        if (call.words().has("--json")) {
            around.say(json(definition, catalogue, compiled).toString());
        } else {
            lines(definition, catalogue, compiled).forEach(around::say);
        }
        return ExitCode.OK;
    }

    private static Compiled compiled(
            Definition definition,
            Path workspace,
            Optional<String> asked,
            Map<String, String> environment,
            Set<Program> refusedBy)
            throws CommandRefused {
        Optional<Runner> runner = asked.flatMap(Program::of).map(Runners::of);
        if (asked.isPresent() && runner.isEmpty()) {
            throw CommandRefused.usage(
                    "--runner is "
                            + String.join(
                                    ", ",
                                    List.of(Program.values()).stream().map(Program::word).toList())
                            + ", not "
                            + TerminalText.plain(asked.get()));
        }
        if (runner.isEmpty()) {
            switch (Runners.onPath(environment)
                    .choose(definition, asked, AgentPlans.configured(environment))) {
                case Runners.Choice.Chosen(Runner chosen, _) -> runner = Optional.of(chosen);
                case Runners.Choice.None(String why) -> {
                    return new Compiled.Refused(why);
                }
            }
        }
        return runner.orElseThrow()
                .compile(
                        new Order(
                                definition,
                                PROMPT,
                                SESSION,
                                Optional.empty(),
                                workspace,
                                refusedBy));
    }

    private static JsonObject json(Definition definition, Catalogue catalogue, Compiled compiled) {
        JsonObject json = DefinitionJson.all(definition, catalogue);
        return switch (compiled) {
            case Compiled.Ready(Invocation invocation) ->
                    json.putObject(
                            "invocation",
                            invocation,
                            (to, each) ->
                                    to.put("runner", each.program().word())
                                            .putTexts("argv", each.argv(FILES))
                                            .putTextMap("env", each.environment(FILES))
                                            .putTextMap("files", each.files())
                                            .putTexts("notes", each.notes()));
            case Compiled.Refused(String why) -> json.putNull("invocation").put("refused", why);
        };
    }

    private static List<String> lines(
            Definition definition, Catalogue catalogue, Compiled compiled) {
        List<String> lines = new ArrayList<>();
        lines.add(TerminalText.plain(definition.name()));
        add(
                lines,
                "file",
                definition.file() + " (" + DefinitionJson.word(definition.place()) + ")");
        catalogue
                .shadowed(definition.name())
                .forEach(each -> add(lines, "hides", each.file().toString()));
        addLines(lines, "for", definition.description());
        add(lines, "model", definition.model().orElse("the program's own choice"));
        add(lines, "tools", definition.tools().map(AgentShowCommand::names).orElse("all"));
        add(lines, "denied", names(definition.denied()));
        add(lines, "read-only", definition.readOnly() ? "yes" : "");
        add(lines, "colour", definition.colour().orElse(""));
        Definition.Limits limits = definition.limits();
        limits.turns().ifPresent(turns -> add(lines, "turns", Integer.toString(turns)));
        add(lines, "time", limits.time().map(Durations::format).orElse(""));
        limits.budgetUsd().ifPresent(usd -> add(lines, "budget", usd + " USD"));
        add(lines, "silence", limits.silence().map(Durations::format).orElse(""));
        add(
                lines,
                "isolation",
                definition.isolation() == Definition.Isolation.NONE
                        ? ""
                        : DefinitionJson.word(definition.isolation()));
        add(lines, "copies", String.join(", ", definition.copy()));
        add(lines, "runner", definition.runner().orElse(""));
        add(lines, "command", definition.command().map(AgentShowCommand::quoted).orElse(""));
        definition
                .unknown()
                .forEach((key, value) -> addLines(lines, "unknown", key + ": " + value));
        definition.repairs().forEach(each -> add(lines, "repaired", each));
        switch (compiled) {
            case Compiled.Ready(Invocation invocation) -> invocation(lines, invocation);
            case Compiled.Refused(String why) -> add(lines, "not run", why);
        }
        long count = definition.systemPrompt().lines().count();
        add(lines, "prompt", count == 0 ? "none" : count + (count == 1 ? " line:" : " lines:"));
        definition
                .systemPrompt()
                .lines()
                .forEach(line -> lines.add(("    " + TerminalText.plain(line)).stripTrailing()));
        return lines;
    }

    private static void invocation(List<String> lines, Invocation invocation) {
        add(lines, "run as", quoted(invocation.argv(FILES)));
        invocation
                .environment(FILES)
                .forEach((name, value) -> add(lines, "variable", name + "=" + cut(value)));
        invocation.files().keySet().forEach(name -> add(lines, "writes", FILES.resolve(name) + ""));
        invocation.notes().forEach(note -> add(lines, "note", note));
    }

    private static String names(Iterable<String> names) {
        return String.join(", ", names);
    }

    private static String quoted(List<String> words) {
        return String.join(" ", words.stream().map(w -> ShellQuote.quote(cut(w))).toList());
    }

    private static String cut(String word) {
        int length = word.codePointCount(0, word.length());
        return length <= LONGEST_WORD
                ? word
                : word.substring(0, word.offsetByCodePoints(0, LONGEST_WORD))
                        + "… ("
                        + length
                        + " characters)";
    }

    private static void add(List<String> lines, String key, String value) {
        ShowCommand.add(lines, key, value);
    }

    private static void addLines(List<String> lines, String key, String value) {
        String head = key;
        for (String line : value.lines().toList()) {
            add(lines, head, line);
            head = "";
        }
    }
}
