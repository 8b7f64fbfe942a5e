package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A home of a test's own, with commands as processes of their own, as a user has them. Closing ends
 * whatever was started in it.
 */
final class RealHome {
    private static final long LIMIT_SECONDS = 60;
    private static final long LOOK_MILLIS = 20;

    final Path folder;
    final Path home;
    final Path workspace;
    private final List<Process> started = new ArrayList<>();

    /** What came of a command. */
    record Ran(int code, String out, String err) {
        String line() {
            return out.strip();
        }
    }

    RealHome(Path folder) throws IOException {
        this.folder = folder;
        this.home = folder.resolve("home");
        this.workspace = Files.createDirectories(folder.resolve("work"));
    }

    /** A command's words, for a process. */
    static List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        Objects.requireNonNull(
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path"))),
                        "dev.simmer.cli.Main"));
        command.addAll(List.of(words));
        return command;
    }

    /** Starts a process in the workspace that has this home. */
    Process start(List<String> command, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workspace.toFile());
        builder.environment().put("SIMMER_HOME", home.toString());
        builder.environment().remove("XDG_CONFIG_HOME");
        builder.redirectError(err.toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    Process begin(String... words) throws IOException {
        return start(command(words), Files.createTempFile(folder, "err", ""));
    }

    /** Runs a command to its end. */
    Ran simmer(String... words) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", "");
        Process process = start(command(words), err);
        process.getOutputStream().close();
        return finish(process, err);
    }

    /** The same with a folder for the user's configuration. */
    Ran configured(Path config, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "XDG_CONFIG_HOME=" + config));
        command.addAll(command(words));
        Path err = Files.createTempFile(folder, "err", "");
        Process process = start(command, err);
        process.getOutputStream().close();
        return finish(process, err);
    }

    /** The same in an environment of its own. */
    Ran in(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "-i", "SIMMER_HOME=" + home));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(command(words));
        Path err = Files.createTempFile(folder, "err", "");
        Process process = start(command, err);
        process.getOutputStream().close();
        return finish(process, err);
    }

    static Ran finish(Process process, Path err) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end; it wrote " + out + Files.readString(err));
        }
        return new Ran(process.exitValue(), out, Files.readString(err));
    }

    JsonNode json(String... words) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(simmer(words).out());
    }

    /** A task as {@code list --json} shows it. */
    JsonNode task(String name) throws IOException, InterruptedException {
        for (JsonNode each : json("list", "--json")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("there is no task " + name);
    }

    /** The same once its process is known. */
    JsonNode runningTask(String name) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        JsonNode task = task(name);
        while (task.get("pid").isNull()) {
            assertThat(System.nanoTime()).as("time for " + task).isLessThan(end);
            task = task(name);
        }
        return task;
    }

    /** The running supervisor's process. */
    long supervisor() throws IOException, InterruptedException {
        JsonNode status = json("supervisor", "status", "--json");
        return status.get("running").asBoolean() ? status.get("pid").asLong() : -1;
    }

    /** Kills the supervisor as nothing can prepare for. */
    long killSupervisor() throws IOException, InterruptedException {
        long pid = supervisor();
        ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
        signal(pid, "KILL");
        await("the supervisor's end", () -> !handle.isAlive());
        return pid;
    }

    static void signal(long pid, String name) throws IOException, InterruptedException {
        int code =
                new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        if (code != 0) {
            throw new IOException("cannot send SIG" + name + " to " + pid);
        }
    }

    /** Waits until something is so; fails where it takes too long. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Waits for a file that a task writes. */
    Path awaitFile(String name) throws InterruptedException {
        Path file = workspace.resolve(name);
        await(name, () -> Files.exists(file));
        return file;
    }

    void touch(String name) throws IOException {
        Files.writeString(workspace.resolve(name), "");
    }

    static boolean lives(long pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        return handle.isPresent() && handle.get().isAlive();
    }

    /** The processes that have this home in their environment, but for commands of this test. */
    List<ProcessHandle> left() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(each -> has(each.pid(), "SIMMER_HOME=" + home)).toList();
        }
    }

    private static boolean has(long pid, String variable) {
        try {
            String all =
                    Files.readString(
                            Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return List.of(all.split("\0", -1)).contains(variable);
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends commands, supervisor and tasks, each by its process id. */
    void close() throws InterruptedException {
        for (Process each : started) {
            if (each.isAlive()) {
                each.destroyForcibly().waitFor();
            }
        }
        await(
                "the end of all processes",
                () -> {
                    List<ProcessHandle> left = left();
                    left.forEach(ProcessHandle::destroyForcibly);
                    return left.isEmpty();
                });
        // What a supervisor that was killed would have removed: the folder is the test's.
        File[] sockets = home.toFile().listFiles((_, name) -> name.endsWith(".sock"));
        for (File each : sockets == null ? new File[0] : sockets) {
            if (!each.delete()) {
                throw new AssertionError("cannot remove " + each);
            }
        }
    }
}
