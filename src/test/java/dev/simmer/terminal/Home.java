package dev.simmer.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A SIMMER_HOME of its own, with the supervisor that commands start in it. Closing it ends, by
 * their ids, the supervisor and whatever else has been started with this home in its environment.
 */
final class Home implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final Path folder;

    /**
     * @param folder not shared with any other test, and short enough for a socket's path
     */
    Home(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** The supervisor that runs now. */
    Optional<ProcessHandle> supervisor() throws IOException {
        Path file = folder.resolve("supervisor.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst())).filter(this::isOurs);
    }

    /** Ends the supervisor as kill -9 does, and waits until it is gone. */
    long killSupervisor() throws IOException, InterruptedException {
        ProcessHandle supervisor =
                supervisor().orElseThrow(() -> new IOException("no supervisor in " + folder));
        end(supervisor);
        return supervisor.pid();
    }

    private static void end(ProcessHandle process) throws InterruptedException {
        process.destroyForcibly();
        try {
            process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("process " + process.pid() + " does not end", e);
        }
    }

    /** Whether a process has been started with this home, directly or not. */
    private boolean isOurs(ProcessHandle process) {
        try {
            Path environment = Path.of("/proc", "" + process.pid(), "environ");
            return Files.readString(environment, ISO_8859_1).contains(folder.toString());
        } catch (IOException e) {
            return false;
        }
    }

    /** All that has been started with this home. */
    List<ProcessHandle> processes() {
        try (var all = ProcessHandle.allProcesses()) {
            return all.filter(this::isOurs).toList();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Optional<ProcessHandle> supervisor = supervisor();
            if (supervisor.isPresent()) {
                end(supervisor.get());
            }
            List<ProcessHandle> left = new ArrayList<>(processes());
            for (int i = 0; i < 10 && !left.isEmpty(); i++) {
                for (ProcessHandle process : left) {
                    end(process);
                }
                left = processes();
            }
            if (!left.isEmpty()) {
                throw new AssertionError("processes that do not end: " + left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
