package dev.simmer.agent.report;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs git in a folder: without its hooks and its file system monitor (which are programs that the
 * folder names), without waiting for a person, without writing the index to speed up the next call,
 * and with limits for time and output.
 *
 * @param limit for one call
 */
record Git(Path folder, Duration limit, Map<String, String> environment) {
    private static final int MOST_ERROR_BYTES = 16 << 10;
    private static final long DRAIN_MILLIS = 2000;

    Git(Path folder, Duration limit) {
        this(folder, limit, Map.of());
    }

    /**
     * What a call said.
     *
     * @param cut whether it said more than was asked for; then it was ended early
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Said(int exit, byte[] out, boolean cut, String error) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    /** Runs it and wants success. */
    String line(String... arguments) throws GitFault {
        return wanted(1 << 16, arguments).text().strip();
    }

    Said wanted(int mostBytes, String... arguments) throws GitFault {
        Said said = run(mostBytes, arguments);
        if (said.exit() != 0 && !said.cut()) {
            String reason = said.error().lines().findFirst().orElse("exit " + said.exit());
            throw new GitFault("git " + arguments[0] + ": " + Clean.line(reason));
        }
        return said;
    }

    /** Runs it to its end, whatever that is. */
    Said run(int mostBytes, String... arguments) throws GitFault {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "core.fsmonitor=false",
                                "-c",
                                "core.hooksPath=/dev/null",
                                "-c",
                                "core.quotePath=false"));
        Collections.addAll(command, arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("GIT_"));
        variables.put("GIT_OPTIONAL_LOCKS", "0");
        variables.put("GIT_TERMINAL_PROMPT", "0");
        variables.put("LC_ALL", "C");
        variables.putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new GitFault("git cannot be started: it is not installed, or not on PATH");
        }
        try {
            return heard(process, mostBytes, arguments[0]);
        } finally {
            end(process);
        }
    }

    private Said heard(Process process, int mostBytes, String verb) throws GitFault {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        AtomicBoolean cut = new AtomicBoolean();
        Thread reader =
                Thread.startVirtualThread(() -> {
                    if (!drain(process.getInputStream(), out, mostBytes)) {
                        cut.set(true);
                        process.destroy();
                    }
                });
        Thread errors =
                Thread.startVirtualThread(() -> {
                    if (!drain(process.getErrorStream(), error, MOST_ERROR_BYTES)) {
                        process.destroy();
                    }
                });
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new GitFault("git " + verb + " took longer than " + limit.toSeconds() + " s");
            }
            // A grandchild that holds the pipe open keeps nobody waiting.
            reader.join(DRAIN_MILLIS);
            errors.join(DRAIN_MILLIS);
            if (reader.isAlive()) {
                throw new GitFault("git " + verb + " left a process behind that holds its output");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitFault("git " + verb + " was interrupted");
        }
        String words = errors.isAlive() ? "" : error.toString(StandardCharsets.UTF_8);
        return new Said(process.exitValue(), out.toByteArray(), cut.get(), words);
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads to the end. False where there was more than the limit. */
    private static boolean drain(InputStream from, ByteArrayOutputStream to, int most) {
        byte[] piece = new byte[1 << 14];
        try {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                int room = most - to.size();
                to.write(piece, 0, Math.min(read, room));
                if (read > room) {
                    return false;
                }
            }
        } catch (IOException e) {
            // The process was ended, and its pipe closed with it.
        }
        return true;
    }
}
