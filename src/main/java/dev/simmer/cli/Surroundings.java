package dev.simmer.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command has around it.
 *
 * @param folder where it was called, absolute
 * @param environment the process's variables
 * @param in standard input
 * @param out standard output, unbuffered
 * @param err standard error, unbuffered
 * @param stdinTerminal whether standard input is a terminal
 * @param stdoutTerminal whether standard output is a terminal
 */
record Surroundings(
        Path folder,
        Map<String, String> environment,
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean stdinTerminal,
        boolean stdoutTerminal) {

    /** Surroundings with nothing on standard input. */
    Surroundings(
            Path folder,
            Map<String, String> environment,
            OutputStream out,
            OutputStream err,
            boolean stdinTerminal,
            boolean stdoutTerminal) {
        this(
                folder,
                environment,
                InputStream.nullInputStream(),
                out,
                err,
                stdinTerminal,
                stdoutTerminal);
    }

    /** The real ones. */
    static Surroundings ofThisProcess() {
        return new Surroundings(
                Path.of("").toAbsolutePath(),
                System.getenv(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                isTerminal(0),
                isTerminal(1));
    }

    /** Whether colours may be written to standard output (no-color.org). */
    boolean colour() {
        return stdoutTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Why there can be no dashboard here, for people; empty where there can. */
    Optional<String> lackOfTerminal() {
        if (!stdinTerminal || !stdoutTerminal) {
            return Optional.of("the dashboard needs a terminal, and this is none");
        }
        String needs = "the dashboard needs a terminal that can move its cursor, and TERM is ";
        return switch (environment.getOrDefault("TERM", "")) {
            case "" -> Optional.of(needs + "not set");
            case "dumb" -> Optional.of(needs + "dumb");
            default -> Optional.empty();
        };
    }

    /** The same with another standard output. */
    Surroundings writingTo(OutputStream other) {
        return new Surroundings(folder, environment, in, other, err, stdinTerminal, stdoutTerminal);
    }

    /** Writes a line to standard output; what fails is told at the command's end. */
    void say(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // StandardOutput keeps it.
        }
    }

    /** Writes a line to standard error, after what standard output was given before. */
    void complain(String line) {
        flush();
        try {
            err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Nobody is there to be told.
        }
    }

    /** Shows what standard output was given. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            // StandardOutput keeps it.
        }
    }

    /** By what Linux shows of the descriptor; loading native code for isatty(3) costs more. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
