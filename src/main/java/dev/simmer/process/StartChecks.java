package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Command;
import dev.simmer.model.ShellQuote;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StartFailure.Cause;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Why an attempt cannot be started, in words. */
final class StartChecks {
    private StartChecks() {}

    /**
     * What can be told before anything is made: a byte that no argument can hold, no such program.
     */
    static Optional<StartFailure> before(
            Launch launch, Map<String, String> variables, String path, Posix posix) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (hasNul(variable.getKey())
                    || hasNul(variable.getValue())
                    || variable.getKey().indexOf('=') >= 0
                    || variable.getKey().isEmpty()) {
                return failure(
                        Cause.OTHER,
                        "the environment variable \""
                                + variable.getKey().replace("\0", "\\0")
                                + "\" has a name or a value that none can have (a NUL byte, no"
                                + " name, or \"=\" in the name); correct it in the task's env");
            }
        }
        return switch (launch.spec().command()) {
            case Command.Shell(String line) when hasNul(line) -> nulInCommand();
            case Command.Shell _ -> Optional.empty();
            case Command.Exec exec when exec.argv().stream().anyMatch(StartChecks::hasNul) ->
                    nulInCommand();
            case Command.Exec exec -> program(exec.argv().getFirst(), launch, path, posix);
        };
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static Optional<StartFailure> nulInCommand() {
        return failure(
                Cause.OTHER,
                "the command holds a NUL byte, which no argument can; write it as an escape that"
                        + " the program understands");
    }

    private static Optional<StartFailure> failure(Cause cause, String text) {
        return Optional.of(new StartFailure(cause, text));
    }

    private static Optional<StartFailure> program(
            String program, Launch launch, String path, Posix posix) {
        Path cwd = launch.spec().cwd();
        String shown = ShellQuote.quote(program);
        if (program.indexOf('/') >= 0) {
            Path file = cwd.resolve(program.startsWith("./") ? program.substring(2) : program);
            return executable(file, posix) ? Optional.empty() : Optional.of(unusable(file, shown));
        }
        Optional<Path> unusable = Optional.empty();
        for (String entry : path.split(":", -1)) {
            Path file = cwd.resolve(entry).resolve(program);
            if (executable(file, posix)) {
                return Optional.empty();
            }
            if (unusable.isEmpty() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                unusable = Optional.of(file);
            }
        }
        if (unusable.isPresent()) {
            return Optional.of(unusable(unusable.get(), shown));
        }
        String hint =
                Files.isRegularFile(cwd.resolve(program))
                        ? "; " + cwd.resolve(program) + " exists: write ./" + shown
                        : program.indexOf(' ') >= 0
                                ? "; a command in a list is one word an entry: write it as a"
                                        + " string to have the shell split it"
                                : "; install it, correct the name, or set PATH in the task's env";
        return failure(Cause.NO_SUCH_COMMAND, shown + " is in no folder of PATH" + hint);
    }

    private static boolean executable(Path file, Posix posix) {
        return posix.access(PathBytes.of(file), Posix.X_OK) == 0 && !Files.isDirectory(file);
    }

    private static StartFailure unusable(Path file, String shown) {
        if (Files.isDirectory(file)) {
            return new StartFailure(
                    Cause.NO_PERMISSION, file + " is a folder, not a program; name a program");
        }
        if (Files.exists(file)) {
            return new StartFailure(
                    Cause.NO_PERMISSION,
                    file + " is not executable; run chmod +x " + file + ", or name what runs it");
        }
        if (Files.isSymbolicLink(file)) {
            return new StartFailure(
                    Cause.NO_SUCH_COMMAND, file + " is a link that leads nowhere; mend the link");
        }
        Path parent = file.getParent();
        if (parent != null && Files.isDirectory(parent) && !Files.isExecutable(parent)) {
            return new StartFailure(
                    Cause.NO_PERMISSION, "the folder " + parent + " may not be entered");
        }
        return new StartFailure(
                Cause.NO_SUCH_COMMAND,
                "there is no program " + file + "; correct " + shown + " in the command");
    }

    /** Why the kernel did not start the shim. */
    static StartFailure spawning(Launch launch, int errno) {
        Path cwd = launch.spec().cwd();
        return switch (errno) {
            case Posix.E2BIG ->
                    new StartFailure(
                            Cause.ARGUMENTS_TOO_LONG,
                            "the command line or the environment is too long for the system (one"
                                    + " argument may have 128 KiB, all together a quarter of the"
                                    + " stack limit); pass the words in a file, or use each: with a"
                                    + " smaller batch");
            case Posix.EAGAIN ->
                    new StartFailure(
                            Cause.NO_RESOURCES,
                            "no further process could be made: the limit of processes is reached"
                                    + " (ulimit -u, or pids.max of the cgroup); end some, or raise"
                                    + " it");
            case Posix.ENOMEM ->
                    new StartFailure(
                            Cause.NO_RESOURCES, "no further process could be made: out of memory");
            case Posix.EMFILE, Posix.ENFILE -> tooManyFiles();
            case Posix.ENOSPC, Posix.EDQUOT -> diskFull(launch.folder());
            default -> folder(cwd).orElseGet(() -> other(launch, errno));
        };
    }

    private static Optional<StartFailure> folder(Path cwd) {
        if (Files.isDirectory(cwd)) {
            return Files.isExecutable(cwd)
                    ? Optional.empty()
                    : failure(
                            Cause.NO_PERMISSION,
                            "the folder "
                                    + cwd
                                    + " may not be entered; change its permissions, or"
                                    + " the task's cwd");
        }
        if (Files.exists(cwd)) {
            return failure(Cause.NO_SUCH_FOLDER, cwd + " is not a folder; correct the task's cwd");
        }
        for (Path up = cwd.getParent(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up)) {
                return Files.isExecutable(up)
                        ? failure(
                                Cause.NO_SUCH_FOLDER,
                                "there is no folder "
                                        + cwd
                                        + "; make it, or correct the task's"
                                        + " cwd")
                        : failure(
                                Cause.NO_PERMISSION,
                                "the folder " + up + " above " + cwd + " may not be entered");
            }
        }
        return failure(Cause.NO_SUCH_FOLDER, "there is no folder " + cwd);
    }

    private static StartFailure other(Launch launch, int errno) {
        if (!Files.isExecutable(Path.of(Shim.SHELL))) {
            return new StartFailure(
                    Cause.NO_SUCH_COMMAND,
                    "there is no " + Shim.SHELL + ", which every task is started by");
        }
        return files(launch.folder(), errno);
    }

    /** Why a run folder or one of its files could not be made. */
    static StartFailure files(Path folder, int errno) {
        return switch (errno) {
            case Posix.ENOSPC, Posix.EDQUOT -> diskFull(folder);
            case Posix.EMFILE, Posix.ENFILE -> tooManyFiles();
            case Posix.EACCES, Posix.EPERM ->
                    new StartFailure(
                            Cause.NO_PERMISSION, "no permission to write the run folder " + folder);
            case Posix.EROFS ->
                    new StartFailure(
                            Cause.NO_PERMISSION,
                            "the run folder " + folder + " lies on a disk that is read-only");
            case Posix.EEXIST, Posix.ELOOP, Posix.ENOTDIR ->
                    new StartFailure(
                            Cause.OTHER,
                            "the run folder "
                                    + folder
                                    + ", or a folder above it, is a link, a file, another user's,"
                                    + " or holds another run; nothing in it was touched");
            default ->
                    new StartFailure(
                            Cause.OTHER, "starting failed in " + folder + " (errno " + errno + ")");
        };
    }

    private static StartFailure tooManyFiles() {
        return new StartFailure(
                Cause.NO_RESOURCES,
                "too many open files; raise the limit (ulimit -n) or run fewer tasks at once");
    }

    private static StartFailure diskFull(Path folder) {
        return new StartFailure(
                Cause.DISK_FULL,
                "no space left for the run folder "
                        + folder
                        + "; free some, or set SIMMER_HOME to"
                        + " another disk");
    }
}
