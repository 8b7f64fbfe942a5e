package dev.simmer.cli;

import dev.simmer.config.FoundTask;
import dev.simmer.config.ProjectScan;
import dev.simmer.config.TaskFileText;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.TerminalText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** {@code simmer init}: writes a task file from what the project's own files say. */
final class InitCommand implements Verb {
    private static final String NAME = "simmer.yaml";

    @Override
    public Usage usage() {
        return Usage.of("simmer init", "write a task file from package.json, Procfile, ...")
                .about(
                        "Writes simmer.yaml into this folder from the scripts of package.json,"
                                + " Procfile, Makefile,",
                        "pom.xml, build.gradle, Cargo.toml, go.mod and pyproject.toml. Look it"
                                + " over; it is yours.")
                .flag("Write over a simmer.yaml that is there.", "--force")
                .flag("Print it, and write nothing.", "--print")
                .json()
                .notes("Exit codes: 0; 2 there is a simmer.yaml, or it cannot be written.")
                .example("simmer init && simmer check", "")
                .example("simmer init --print", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused {
        Surroundings around = call.around();
        boolean print = call.words().has("--print");
        Path file = target(around.folder());
        ProjectScan scan = ProjectScan.of(around.folder());
        String text = TaskFileText.of(scan);
        if (!print) {
            write(file, text, call.words().has("--force"));
        }
        if (call.words().has("--json")) {
            around.say(json(file, !print, scan, text).toString());
        } else if (print) {
            around.say(text.stripTrailing());
        } else {
            tell(around, file, scan);
        }
        return ExitCode.OK;
    }

    /** The file that is there by one of its names; else the one to be. */
    private static Path target(Path folder) {
        Path other = folder.resolve("simmer.yml");
        Path usual = folder.resolve(NAME);
        return !exists(usual) && exists(other) ? other : usual;
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void write(Path file, String text, boolean force) throws CommandRefused {
        try {
            if (force) {
                Files.writeString(file, text);
            } else {
                Files.writeString(
                        file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
        } catch (FileAlreadyExistsException e) {
            throw CommandRefused.usage(
                    shown(file)
                            + " is there already; use --force to write over it, or --print to see"
                            + " what would be written");
        } catch (IOException e) {
            throw CommandRefused.usage(
                    shown(file)
                            + " cannot be written: "
                            + TerminalText.plain(String.valueOf(e.getMessage())));
        }
    }

    private static String shown(Path file) {
        return TerminalText.plain(file.toString());
    }

    private static void tell(Surroundings around, Path file, ProjectScan scan) {
        int count = scan.tasks().size();
        around.say(
                "wrote "
                        + shown(file)
                        + (count == 0
                                ? " with an example, as nothing was found here"
                                : " with " + count + (count == 1 ? " task" : " tasks")));
        for (ProjectScan.LeftOut each : scan.leftOut()) {
            around.say(
                    "left out: "
                            + TerminalText.plain(each.name())
                            + " of "
                            + each.source()
                            + ": "
                            + TerminalText.plain(each.reason()));
        }
    }

    private static JsonObject json(Path file, boolean written, ProjectScan scan, String text) {
        List<JsonObject> tasks = scan.tasks().stream().map(InitCommand::json).toList();
        List<JsonObject> leftOut =
                scan.leftOut().stream()
                        .map(each ->
                                new JsonObject()
                                        .put("name", each.name())
                                        .put("source", each.source())
                                        .put("reason", each.reason()))
                        .toList();
        return new JsonObject()
                .put("file", file.toString())
                .put("written", written)
                .put("tasks", tasks)
                .put("left_out", leftOut)
                .put("text", text);
    }

    private static JsonObject json(FoundTask task) {
        JsonObject json =
                new JsonObject()
                        .put("name", task.name())
                        .put("kind", task.kind().word())
                        .put("command", task.run())
                        .put("source", task.source())
                        .putTexts("needs", task.needs())
                        .put("autostart", task.autostart());
        Optional<String> lock = task.lock();
        return lock.isPresent() ? json.put("lock", lock.get()) : json.putNull("lock");
    }
}
