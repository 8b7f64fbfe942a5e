package dev.simmer.supervisor;

import dev.simmer.logs.TerminalText;
import dev.simmer.supervisor.SupervisorFailure.Kind;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A supervisor's process as whoever starts it sees it: in a session of its own, with nothing of the
 * caller's terminal, writing to the home's log.
 */
final class SupervisorProcess {
    /** What a task's environment has that is not its caller's. */
    private static final List<String> TASKS_OWN =
            List.of("TMPDIR", "SIMMER_ID", "SIMMER_TASK", "SIMMER_ATTEMPT", "SIMMER_WORKSPACE");

    private static final long LARGE_LOG = 4 << 20;
    private static final int LINES_TOLD = 5;
    private static final int LINE_LENGTH = 300;

    private final SupervisorFiles files;
    private final List<String> command;

    SupervisorProcess(SupervisorFiles files, List<String> command) {
        this.files = files;
        this.command = command;
    }

    /**
     * Starts it and waits until it says that it is up, or that another one is.
     *
     * @param deadline of System.nanoTime()
     */
    void start(long deadline) throws SupervisorFailure {
        long logged = prepareLog();
        Process process = spawn();
        String word = firstLine(process, deadline, logged);
        if (word.startsWith(StartSignal.FAILED)) {
            throw new SupervisorFailure(
                    Kind.DID_NOT_START,
                    "the supervisor did not start: "
                            + plain(word.substring(StartSignal.FAILED.length())));
        }
        if (!word.equals(StartSignal.READY) && !word.equals(StartSignal.RUNNING)) {
            throw new SupervisorFailure(
                    Kind.DID_NOT_START,
                    "the supervisor did not start: " + how(process) + logEnd(logged));
        }
    }

    /** Makes the log for its owner alone, and puts one aside that has grown large. */
    private long prepareLog() throws SupervisorFailure {
        try {
            Path log = files.log();
            if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
                Files.move(
                        log,
                        log.resolveSibling(log.getFileName() + ".old"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            try (FileChannel made =
                    FileChannel.open(
                            log,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS),
                            Ownership.mode("rw-------"))) {
                return made.size();
            }
        } catch (IOException e) {
            throw Ownership.unusable(files.log(), Ownership.reason(e));
        }
    }

    private Process spawn() throws SupervisorFailure {
        List<String> line = new ArrayList<>();
        for (String place : List.of("/usr/bin/setsid", "/bin/setsid")) {
            if (line.isEmpty() && Files.isExecutable(Path.of(place))) {
                line.add(place);
            }
        }
        if (line.isEmpty()) {
            line.add("setsid");
        }
        line.addAll(command);
        try {
            ProcessBuilder builder = new ProcessBuilder(line);
            leaveTask(builder.environment());
            return builder.directory(files.home().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.appendTo(files.log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new SupervisorFailure(
                    Kind.DID_NOT_START,
                    "the supervisor could not be started: " + plain(Ownership.reason(e)));
        }
    }

    /** Where a task's process starts it, it must not count as one of the task's. */
    private static void leaveTask(Map<String, String> environment) {
        if (environment.containsKey("SIMMER_ID")) {
            TASKS_OWN.forEach(environment::remove);
        }
    }

    /** What it says first; empty where it ends without a word. */
    private String firstLine(Process process, long deadline, long logged) throws SupervisorFailure {
        CompletableFuture<String> said = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("simmer-start-reader")
                .start(() -> said.complete(readLine(process)));
        try {
            return said.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new SupervisorFailure(
                    Kind.DID_NOT_START,
                    "the supervisor was not up in time and was ended" + logEnd(logged));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SupervisorFailure(
                    Kind.DID_NOT_START, "interrupted while the supervisor was starting");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String readLine(Process process) {
        try (BufferedReader from =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = from.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    private static String how(Process process) {
        try {
            return process.waitFor(Duration.ofSeconds(1))
                    ? "it ended with code " + process.exitValue()
                    : "it did not say that it is up";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it did not say that it is up";
        }
    }

    /** What it wrote to its log, and where that is. */
    private String logEnd(long logged) {
        List<String> lines = new ArrayList<>();
        try (FileChannel from = FileChannel.open(files.log(), StandardOpenOption.READ)) {
            from.position(Math.max(logged, from.size() - LINES_TOLD * LINE_LENGTH));
            BufferedReader text =
                    new BufferedReader(
                            new InputStreamReader(
                                    java.nio.channels.Channels.newInputStream(from),
                                    StandardCharsets.UTF_8));
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.add(plain(line));
            }
        } catch (IOException e) {
            return "; its log is " + files.log();
        }
        int from = Math.max(0, lines.size() - LINES_TOLD);
        String last = String.join(" / ", lines.subList(from, lines.size()));
        return "; its log is " + files.log() + (last.isEmpty() ? "" : ", which ends: " + last);
    }

    private static String plain(String text) {
        return TerminalText.plain(
                text.length() > LINE_LENGTH ? text.substring(0, LINE_LENGTH) : text);
    }
}
