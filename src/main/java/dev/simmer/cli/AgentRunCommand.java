package dev.simmer.cli;

import dev.simmer.agent.report.Prompt;
import dev.simmer.agent.report.ReportName;
import dev.simmer.config.TaskNames;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.Command;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** {@code simmer agent run}: runs an agent in the background. */
final class AgentRunCommand implements Verb {
    private static final int LONGEST_PROMPT_BYTES = 1 << 20;

    @Override
    public Usage usage() {
        return Usage.of("simmer agent run", "run an agent in the background, and print its id")
                .about(
                        "Runs an agent in the background and prints the id of its task. NAME is a"
                                + " definition's, or",
                        "a skill's. However it ends, there is a report, and its entry in the"
                                + " session file says so.")
                .operands("NAME", 1, 1)
                .value("TEXT", "What it is to do.", "--task")
                .value(
                        "FILE",
                        "The whole prompt: task, files, place of the report, session and id, each"
                                + " where it is said; - is standard input. Options win. At most 1"
                                + " MiB of text, of which the programs take 131071 bytes, some of"
                                + " them with the definition's text.",
                        "--prompt")
                .values(
                        "FILE",
                        "A file to look at, or a word for a scope; more than once for several.",
                        "--file")
                .value(
                        "FILE",
                        "Where its report is to lie, in the workspace; ends in .md.",
                        "--report")
                .value("FILE", "The session file in which it is entered.", "--session")
                .value("BG-ID", "Its background agent id; else one is made.", "--id")
                .value(
                        "RUNNER",
                        "claude, codex, gemini, opencode, cursor-agent or command; else the"
                                + " definition's, the configuration's, or the first on PATH.",
                        "--runner")
                .value("MODEL", "The model; else the definition's.", "--model")
                .value("NAME", "Its task's name; else the definition's.", "--name")
                .value("FOLDER", "Where it works; else the workspace.", "--cwd")
                .values("NAME=VALUE", "A variable for it; more than once for several.", "--env")
                .value("SIZE", "Expected peak memory; else learned or guessed.", "--memory")
                .flag("Count it as heavy, whatever its memory.", "--heavy")
                .value(
                        "yes|no",
                        "Whether it may be paused, or ended and queued again, while memory is"
                                + " short. Default: yes.",
                        "--evictable")
                .value(
                        "TIME",
                        "Stop an attempt that runs longer; else the definition's limit.",
                        "--timeout")
                .value("N", "Try again after a failure, at most N times.", "--retry")
                .values(
                        "TASK[:COND]",
                        "Start after another task, by id or name: once it has succeeded, or"
                                + " finished, started or ready. More than once for several.",
                        "--needs",
                        "--after")
                .values("NAME", "Hold a lock while it runs; more than once for several.", "--lock")
                .value("N", "From -10 to 10; what is larger starts sooner.", "--priority")
                .value("SIZE", "How much of its output is kept. Default: 1G.", "--log-limit")
                .flag(
                        "Stream its transcript, and exit as it does. Ctrl+B leaves it in the"
                                + " background, Ctrl+C stops it.",
                        "--fg")
                .json()
                .notes(
                        "Exit codes: 0; with --fg the task's own (130 after Ctrl+C); 2 it was"
                                + " refused;",
                        "3 no such task to start after; 4 the supervisor cannot be started.")
                .example(
                        "simmer agent run security-audit --task 'Audit the login' --file"
                                + " src/login.py",
                        "")
                .example("simmer agent run background-runner --prompt - <prompt.txt", "")
                .example("id=$(simmer agent run explorer --task '…') && simmer wait $id", "")
                .build();
    }

    @Override
    public int run(Call call)
            throws CommandRefused, SupervisorFailure, IOException, InterruptedException {
        Words words = call.words();
        if (words.has("--fg") && words.has("--json")) {
            throw CommandRefused.usage("--fg streams the transcript, so there is no JSON with it");
        }
        Surroundings around = call.around();
        WorkspaceId here = Here.of(around);
        TaskSpec ordered = ordered(words, around, here);
        AgentPlans.Made made = new AgentPlans(Inherited.of(around)).all(List.of(ordered));
        TaskId id = OneTask.spawn(call, made.tasks().getFirst().edit());
        made.notes().forEach(note -> around.complain("simmer: " + note));
        if (words.has("--fg")) {
            return Foreground.ofAgent(call, id);
        }
        if (words.has("--json")) {
            AgentSpec.Planned planned = made.tasks().getFirst().planned().orElseThrow();
            around.say(
                    new JsonObject()
                            .put("id", id.value())
                            .put("workspace", here.toString())
                            .put("runner", planned.runner())
                            .put("background_agent_id", planned.agentId())
                            .put("report", here.folder().resolve(planned.report()).toString())
                            .toString());
        } else {
            around.say(id.toString());
        }
        return ExitCode.OK;
    }

    private static TaskSpec ordered(Words words, Surroundings around, WorkspaceId here)
            throws CommandRefused, IOException {
        String definition = words.operands().getFirst();
        String task = task(words, around);
        boolean named = words.has("--name");
        TaskSpec spec =
                new SpecOptions(words, around)
                        .read(
                                here,
                                usualName(definition),
                                new Command.Exec(List.of(AgentCommand.NAME, "-")))
                        .inherited(Inherited.of(around))
                        .build();
        Prompt told = Prompt.parse(task);
        Optional<String> report = words.text("--report").or(told::report);
        Optional<String> id = words.text("--id").or(told::agentId);
        if (!named) {
            ReportName unique = name(around, spec.name());
            report = report.or(() -> Optional.of(unique.reportPath()));
            id = id.or(() -> Optional.of(unique.agentId()));
        }
        TaskSpec.Builder builder = spec.edit();
        if (!words.has("--cwd")) {
            builder.cwd(here.folder());
        }
        return builder.agent(
                        new AgentSpec.Ordered(
                                definition,
                                task,
                                words.texts("--file"),
                                report,
                                words.text("--session"),
                                id,
                                words.text("--runner"),
                                words.text("--model")))
                .build();
    }

    /** Several may be started in the same second by several processes. */
    private static ReportName name(Surroundings around, String name)
            throws CommandRefused, IOException {
        Path home = Home.of(around);
        Files.createDirectories(
                home,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return AgentName.unique(home, LocalDateTime.now(ZoneId.systemDefault()), name);
    }

    static String usualName(String definition) {
        String name = TerminalText.plain(definition).replace('/', '-').strip();
        return TaskNames.fault(name).isEmpty() && !name.startsWith("-") ? name : "agent";
    }

    private static String task(Words words, Surroundings around)
            throws CommandRefused, IOException {
        Optional<String> task = words.text("--task");
        Optional<String> prompt = words.text("--prompt");
        if (task.isPresent() == prompt.isPresent()) {
            throw CommandRefused.usage(
                    task.isPresent()
                            ? "--task and --prompt exclude each other"
                            : "there is nothing to do: say it by --task TEXT or --prompt FILE");
        }
        String text = task.isPresent() ? task.get() : read(prompt.orElseThrow(), around);
        if (text.isBlank()) {
            throw CommandRefused.usage(
                    (task.isPresent() ? "--task" : "the prompt")
                            + " is empty: say what is to be"
                            + " done");
        }
        return text;
    }

    private static String read(String file, Surroundings around)
            throws CommandRefused, IOException {
        Path path = around.folder().resolve(file);
        if (!file.equals("-") && !Files.isReadable(path)) {
            throw CommandRefused.usage(
                    "--prompt: " + TerminalText.plain(file) + " cannot be read; check the path");
        }
        if (!file.equals("-") && Files.isDirectory(path)) {
            throw CommandRefused.usage("--prompt: " + TerminalText.plain(file) + " is a folder");
        }
        byte[] bytes;
        if (file.equals("-")) {
            bytes = around.in().readNBytes(LONGEST_PROMPT_BYTES + 1);
        } else {
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(LONGEST_PROMPT_BYTES + 1);
            }
        }
        if (bytes.length > LONGEST_PROMPT_BYTES) {
            throw CommandRefused.usage(
                    "the prompt is longer than 1 MiB: put the long part into a file and name the"
                            + " file in the task");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw CommandRefused.usage("the prompt is no text in UTF-8");
        }
    }
}
