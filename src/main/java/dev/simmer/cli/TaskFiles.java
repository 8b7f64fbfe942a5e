package dev.simmer.cli;

import dev.simmer.config.Mistake;
import dev.simmer.config.Targets;
import dev.simmer.config.TaskFileFinder;
import dev.simmer.config.TaskFileReader;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and reads the task file that a command means. */
final class TaskFiles {
    private final Surroundings around;
    private final Map<Path, TaskFileReader.Result> known = new HashMap<>();

    TaskFiles(Surroundings around) {
        this.around = around;
    }

    /**
     * The task file: the one that was named, else the nearest {@code simmer.yaml} from the folder
     * upwards; empty where there is none.
     */
    Optional<Path> find(Optional<Path> named) {
        return named.isPresent()
                ? Optional.of(shortened(around.folder().resolve(named.get())))
                : TaskFileFinder.find(around.folder()).map(this::shortened);
    }

    /** The same; a command that cannot do without is refused. */
    Path need(Optional<Path> named) throws CommandRefused {
        Optional<Path> file = find(named);
        if (file.isPresent()) {
            return file.get();
        }
        throw new CommandRefused(
                ExitCode.USAGE,
                List.of(
                        "simmer: there is no simmer.yaml in "
                                + TerminalText.plain(around.folder().toString())
                                + " or a folder above it",
                        "Write one, for instance",
                        "  version: 1",
                        "  tasks:",
                        "    build: make",
                        "or name another file with -f FILE."));
    }

    /** Reads it; its warnings go to standard error. */
    TaskFile load(Path file) throws CommandRefused {
        return switch (read(file)) {
            case TaskFileReader.Loaded(TaskFile loaded, _) -> {
                loaded.warnings().forEach(each -> around.complain("warning: " + each));
                yield loaded;
            }
            case TaskFileReader.Broken(List<Mistake> mistakes, _, _) ->
                    throw new CommandRefused(
                            ExitCode.USAGE, mistakes.stream().map(Mistake::message).toList());
        };
    }

    /** Reads it, once. */
    TaskFileReader.Result read(Path file) {
        return known.computeIfAbsent(file, it -> TaskFileReader.read(it, around.environment()));
    }

    /**
     * The names of the tasks that the targets mean, with all that they need.
     *
     * @param commands what the first target may have been meant for
     */
    static List<String> choose(TaskFile file, List<String> targets, List<String> commands)
            throws CommandRefused {
        return switch (Targets.resolve(file, targets, commands)) {
            case Targets.Chosen(List<String> tasks) -> tasks;
            case Targets.Unknown(List<String> mistakes) ->
                    throw new CommandRefused(
                            ExitCode.USAGE,
                            mistakes.stream().map(each -> "simmer: " + each).toList());
        };
    }

    /**
     * As the user would name it: relative where it lies below the folder of the call. Files are
     * opened relative to the process's folder, so only where that is the same one.
     */
    private Path shortened(Path file) {
        Path normal = file.normalize();
        Path here = around.folder();
        return normal.startsWith(here) && here.equals(Path.of("").toAbsolutePath())
                ? here.relativize(normal)
                : normal;
    }
}
