package dev.simmer.agent;

import dev.simmer.engine.ports.Launch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of an agent in its attempt's run folder, by the names of {@link Launch#AGENT_FILES}.
 * All of it is its owner's alone.
 *
 * @param run the run folder
 */
record AgentFolder(Path run) {
    private static final String FILES = "agent";
    private static final String MEMO = "agent.json";
    private static final String SETTLED = "agent-settled.json";
    private static final String DIFF = "changes.diff";
    private static final String REPORT = "report.md";
    private static final String PAUSED = ".paused";
    private static final String READINGS = ".readings";
    private static final int FILE_MOST = 4 << 20;

    /** The folder of the files that the agent is given. */
    Path files() {
        return run.resolve(FILES);
    }

    Path transcript() {
        return run.resolve(Launch.TRANSCRIPT);
    }

    /** Makes the run folder and the one of the files. */
    void make() throws IOException {
        var own =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        for (Path each : List.of(run.resolveSibling("."), run, files())) {
            if (Files.isSymbolicLink(each.normalize())) {
                throw new IOException(each.normalize() + " is a link");
            }
        }
        Files.createDirectories(files(), own);
    }

    /** Writes the files that the agent is given. */
    void give(Map<String, String> contents) throws IOException {
        for (Map.Entry<String, String> each : contents.entrySet()) {
            Path name = Path.of(each.getKey());
            if (name.getNameCount() != 1
                    || name.isAbsolute()
                    || each.getKey().equals("..")
                    || each.getKey().equals(".")) {
                throw new IOException("\"" + each.getKey() + "\" is no name for a file");
            }
            put(files().resolve(name), each.getValue());
        }
    }

    /** What was prepared, as text; empty where nothing is known. */
    Optional<String> memo() {
        return read(run.resolve(MEMO));
    }

    void memo(String text) throws IOException {
        put(run.resolve(MEMO), text);
    }

    /** How it ended, as text; empty where it has not been settled. */
    Optional<String> settled() {
        return read(run.resolve(SETTLED));
    }

    /** Marks it as settled: what is done after that is not done again. */
    void settled(String text) throws IOException {
        put(run.resolve(SETTLED), text);
    }

    /** Whether its processes were last told to stand still. */
    boolean paused() {
        return Files.exists(files().resolve(PAUSED), LinkOption.NOFOLLOW_LINKS);
    }

    /** Writes down whether its processes stand still, for a later engine. */
    void paused(boolean value) throws IOException {
        if (!value) {
            Files.deleteIfExists(files().resolve(PAUSED));
        } else if (!paused()) {
            put(files().resolve(PAUSED), "");
        }
    }

    /**
     * Counts a reading of the output that has begun; those that came to an end do not count.
     *
     * @return how many have begun, this one among them
     */
    int readingBegun() {
        Path file = files().resolve(READINGS);
        int begun = read(file).map(String::length).orElse(0) + 1;
        try {
            put(file, "x".repeat(Math.min(begun, 100)));
        } catch (IOException e) {
            // Then nobody counts.
            return 1;
        }
        return begun;
    }

    /** All that there is of the output has been read. */
    void readingEnded() {
        try {
            Files.deleteIfExists(files().resolve(READINGS));
        } catch (IOException e) {
            // It counts as one that was broken off.
            return;
        }
    }

    void unsettle() throws IOException {
        Files.deleteIfExists(run.resolve(SETTLED));
    }

    /** Keeps the changes of an isolated agent; where. */
    Path diff(String text) throws IOException {
        put(run.resolve(DIFF), text);
        return run.resolve(DIFF);
    }

    /** Keeps a report that could not be written in the workspace; where. */
    Path report(byte[] bytes) throws IOException {
        put(run.resolve(REPORT), bytes);
        return run.resolve(REPORT);
    }

    private static Optional<String> read(Path file) {
        try {
            boolean readable =
                    Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && Files.size(file) <= FILE_MOST;
            return readable
                    ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void put(Path file, String text) throws IOException {
        put(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whole or not at all, and on disk when this returns. Makes no folder. */
    private void put(Path file, byte[] bytes) throws IOException {
        Path beside = files().resolve(".new-" + file.getFileName());
        Files.deleteIfExists(beside);
        try (FileChannel channel =
                FileChannel.open(
                        beside,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(run, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
