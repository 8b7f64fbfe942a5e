package dev.simmer.cli;

import dev.simmer.logs.TerminalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the engine of this process keeps its tasks' run folders: {@code
 * <home>/local/<yyyyMMdd-HHmmss>-<pid>/}, see {@link Home}.
 */
final class RunFolders {
    /** How many folders of ended processes stay. */
    static final int KEPT = 20;

    /** With so many folders of ended processes some are removed. */
    static final int MOST = 30;

    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{6}-(\\d{1,18})");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Path home;
    private final Path local;

    private RunFolders(Path home) {
        this.home = home;
        this.local = home.resolve("local");
    }

    /** Simmer's home. */
    Path home() {
        return home;
    }

    /** Finds Simmer's home, and makes it where it is missing, for its owner alone. */
    static RunFolders in(Map<String, String> environment, Path folder) throws CommandRefused {
        Path home = Home.of(environment, folder);
        try {
            if (!Files.isDirectory(home)) {
                Path parent = home.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(
                        home,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            RunFolders folders = new RunFolders(home);
            Files.createDirectories(folders.local);
            return folders;
        } catch (IOException e) {
            throw unusable(home, e);
        }
    }

    private static CommandRefused unusable(Path home, IOException e) {
        String reason = e.getClass().getSimpleName().replace("Exception", "");
        return new CommandRefused(
                ExitCode.USAGE,
                List.of(
                        "simmer: cannot write to "
                                + TerminalText.plain(home.toString())
                                + ", where run folders and logs are kept ("
                                + reason
                                + ": "
                                + TerminalText.plain(String.valueOf(e.getMessage()))
                                + ")",
                        "Make it writable, or set SIMMER_HOME to a folder that is."));
    }

    /** Makes this process's folder. */
    Path create(LocalDateTime now, long pid) throws CommandRefused {
        Path folder = local.resolve(STAMP.format(now) + "-" + pid);
        try {
            Files.createDirectories(folder);
            return folder;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Removes folders of processes that have ended, beyond the newest {@link #KEPT}, once there are
     * {@link #MOST}. Not each time: a file system that has just removed thousands of files makes
     * new ones more slowly. What cannot be removed stays, and is tried again by the next process.
     *
     * @param lives whether a process of that id runs
     */
    void prune(LongPredicate lives) {
        List<Path> ended = new ArrayList<>();
        try (Stream<Path> all = Files.list(local)) {
            all.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .filter(folder -> hasEnded(folder, lives))
                    .forEach(ended::add);
        } catch (IOException | UncheckedIOException e) {
            return;
        }
        if (ended.size() < MOST) {
            return;
        }
        // The names begin with the time.
        ended.sort(
                Comparator.comparing((Path folder) -> folder.getFileName().toString()).reversed());
        for (Path folder : ended.subList(KEPT, ended.size())) {
            remove(folder);
        }
    }

    private static boolean hasEnded(Path folder, LongPredicate lives) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        return name.matches() && !lives.test(Long.parseLong(name.group(1)));
    }

    /** Removes a folder and all in it; links are removed, not followed. */
    private static void remove(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path visited, @org.jspecify.annotations.Nullable IOException e)
                                throws IOException {
                            Files.delete(visited);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            // Stays for the next time.
        }
    }
}
