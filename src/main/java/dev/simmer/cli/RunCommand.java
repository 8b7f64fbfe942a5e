package dev.simmer.cli;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Command;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code simmer run}: spawns a command in the background. */
final class RunCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer run", "spawn a command in the background, and print its id")
                .about(
                        "Spawns a command in the background and prints its id. One word with blanks"
                                + " or shell",
                        "signs in it is a line for `sh -c`; several words are a program and its"
                                + " arguments.",
                        "The task has this folder, this environment, and the nearest simmer.yaml's"
                                + " workspace.")
                .operands("[--] CMD...", 1, Integer.MAX_VALUE)
                .verbatim()
                .value("NAME", "Its name; else one made from the command.", "--name")
                .value("FOLDER", "Where it starts; else this folder.", "--cwd")
                .values("NAME=VALUE", "A variable for it; more than once for several.", "--env")
                .value("KIND", "job (default) or service.", "--kind")
                .flag("The same as --kind service.", "--service")
                .value("SIZE", "Expected peak memory; else learned or guessed.", "--memory")
                .flag("Count it as heavy, whatever its memory.", "--heavy")
                .value(
                        "yes|no",
                        "Whether it may be paused, or ended and queued again, while memory is"
                                + " short. Default: a job may, a service not.",
                        "--evictable")
                .value(
                        "memory",
                        "Give it a control group of its own, with a hard memory limit.",
                        "--isolate")
                .value("TIME", "Stop an attempt that runs longer (90s, 10m, 2h).", "--timeout")
                .value("N", "Try again after a failure, at most N times.", "--retry")
                .values(
                        "TASK[:COND]",
                        "Start after another task, by id or name: once it has succeeded, or"
                                + " finished, started or ready. More than once for several.",
                        "--after")
                .values("NAME", "Hold a lock while it runs; more than once for several.", "--lock")
                .value("N", "From -10 to 10; what is larger starts sooner.", "--priority")
                .flag("Run it on a terminal of its own.", "--tty")
                .flag("Let it take input (simmer send).", "--input")
                .value("SIZE", "How much of its output is kept. Default: 1G.", "--log-limit")
                .flag(
                        "Stream its output, and exit as it does. Ctrl+B leaves it in the"
                                + " background, Ctrl+C stops it.",
                        "--fg")
                .flag("Run it even if it is known to need a person at a terminal.", "--force")
                .json()
                .notes(
                        "Exit codes: 0; with --fg the task's own (130 after Ctrl+C); 2 it was"
                                + " refused;",
                        "3 no such task to start after; 4 the supervisor cannot be started.")
                .example("simmer run -- npm test", "")
                .example(
                        "simmer run --name e2e --after build --lock db 'npm run e2e | tee e2e'", "")
                .example("simmer run --after 3 --after build:finished -- ./report", "")
                .example("simmer run --fg --timeout 10m make", "")
                .build();
    }

    @Override
    public int run(Call call)
            throws CommandRefused, SupervisorFailure, IOException, InterruptedException {
        Words words = call.words();
        if (words.has("--fg") && words.has("--json")) {
            throw CommandRefused.usage("--fg streams the output, so there is no JSON with it");
        }
        Surroundings around = call.around();
        WorkspaceId here = Here.of(around);
        TaskSpec.Builder spec = new SpecOptions(words, around).read(here);
        if (!words.has("--tty") && !words.has("--force")) {
            refuseInteractive(spec.build().command());
        }
        spec.inherited(Inherited.of(around));
        TaskId id = OneTask.spawn(call, spec);
        if (words.has("--fg")) {
            return Foreground.run(call, id);
        }
        if (words.has("--json")) {
            around.say(
                    new dev.simmer.json.JsonObject()
                            .put("id", id.value())
                            .put("workspace", here.toString())
                            .toString());
        } else {
            around.say(id.toString());
        }
        return ExitCode.OK;
    }

    private static void refuseInteractive(Command command) throws CommandRefused {
        Optional<String> why = InteractiveCommands.refusal(command);
        if (why.isPresent()) {
            throw new CommandRefused(
                    ExitCode.USAGE,
                    List.of(
                            "simmer: " + TerminalText.plain(why.get()),
                            "Give it a terminal of its own with --tty, or run it as it is with"
                                    + " --force."));
        }
    }
}
