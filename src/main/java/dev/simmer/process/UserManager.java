package dev.simmer.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A user's service manager (systemd(1)), which puts a command into a scope with a memory limit by
 * systemd-run(1). The command stays the same process. The scope vanishes with its last process, and
 * with it what the kernel knew of its memory.
 *
 * @param tool the path of systemd-run
 * @param runtime the user's runtime folder, {@code /run/user/UID}
 */
record UserManager(Path tool, Path runtime) {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/systemd-run"), Path.of("/bin/systemd-run"));
    private static final int TRY_SECONDS = 5;
    private static final long TRY_BYTES = 1L << 30;

    /** The manager of the user that this process acts as, if one runs; it has not been tried. */
    static Optional<UserManager> running() {
        Path runtime = Path.of("/run/user").resolve(Integer.toString(new Posix().user()));
        if (!Files.exists(runtime.resolve("systemd/private"))) {
            return Optional.empty();
        }
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(tool -> new UserManager(tool, runtime));
    }

    /** What comes before a command that is to have a scope of that name. */
    List<String> prefix(String name, long limitBytes) {
        return List.of(
                "/usr/bin/env",
                "XDG_RUNTIME_DIR=" + runtime,
                tool.toString(),
                "--user",
                "--scope",
                "--quiet",
                "--collect",
                "--unit=" + name + ".scope",
                "--property=MemoryMax=" + limitBytes,
                "--property=MemorySwapMax=0",
                "--");
    }

    /**
     * Tries it with a command that does nothing; waits some seconds at most.
     *
     * @return why it does not work; empty where it does
     */
    Optional<String> failure() {
        List<String> command =
                new ArrayList<>(prefix("simmer-try-" + ProcessHandle.current().pid(), TRY_BYTES));
        command.add("/bin/true");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(TRY_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of(tool + " has not answered for " + TRY_SECONDS + " s");
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(tool + " --user --scope failed with " + process.exitValue());
        } catch (IOException e) {
            return Optional.of(tool + " cannot be started: " + CgroupPlace.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(tool + " was interrupted");
        }
    }
}
