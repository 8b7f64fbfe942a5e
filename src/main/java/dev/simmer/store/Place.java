package dev.simmer.store;

import dev.simmer.engine.ports.StoreFailure;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the database lies: its files are regular files of the user, readable by nobody else, in a
 * folder of the user that nobody else can enter.
 */
record Place(Path home) {
    private static final String FILE_MODE = "rw-------";
    private static final String FOLDER_MODE = "rwx------";
    private static final String BROKEN = ".broken-";
    private static final Pattern TASK = Pattern.compile("[1-9][0-9]{0,17}");

    Path database() {
        return home.resolve("simmer.db");
    }

    Path log() {
        return home.resolve("simmer.db-wal");
    }

    private Path index() {
        return home.resolve("simmer.db-shm");
    }

    /** Makes what is missing, and looks at what is there. */
    void prepare() throws StoreFailure {
        try {
            Files.createDirectories(
                    home,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(FOLDER_MODE)));
            int user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            checkOwner(home, user);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(FOLDER_MODE));
            if (!Files.exists(database(), LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(
                        database(),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(FILE_MODE)));
            }
            for (Path file : List.of(database(), log(), index())) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    checkFile(file, user);
                }
            }
        } catch (IOException e) {
            throw new StoreFailure(
                    "cannot use "
                            + database()
                            + ": "
                            + e
                            + "; give Simmer a folder that it can"
                            + " write to, by SIMMER_HOME",
                    e);
        }
    }

    private static void checkOwner(Path path, int user) throws IOException, StoreFailure {
        int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int behind = (int) Files.getAttribute(path, "unix:uid");
        if (owner != user || behind != user) {
            throw refused(
                    path, "belongs to another user (" + (owner != user ? owner : behind) + ")");
        }
    }

    private static void checkFile(Path file, int user) throws IOException, StoreFailure {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw refused(file, attributes.isSymbolicLink() ? "is a symbolic link" : "is no file");
        }
        checkOwner(file, user);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE_MODE));
    }

    private static StoreFailure refused(Path path, String why) {
        String message =
                path
                        + " "
                        + why
                        + ", so Simmer does not use it; move it away, or set SIMMER_HOME"
                        + " to a folder of your own";
        return new StoreFailure(message, new IOException(why));
    }

    /**
     * Gives the database's files names that end alike and that nobody has.
     *
     * @return the database's new name
     */
    Path setAside(String stamp) throws StoreFailure {
        String suffix = BROKEN + stamp;
        for (int n = 2; Files.exists(named(database(), suffix), LinkOption.NOFOLLOW_LINKS); n++) {
            suffix = BROKEN + stamp + "-" + n;
        }
        try {
            // The log first: a database without its log is an older one, not a wrong one.
            for (Path file : List.of(log(), index(), database())) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(file, named(file, suffix));
                }
            }
        } catch (IOException e) {
            throw new StoreFailure(
                    database() + " is damaged and cannot be renamed: " + e + "; move it away", e);
        }
        return named(database(), suffix);
    }

    /** Whether a database that was set aside is still there; true where that cannot be told. */
    boolean hasSetAside() {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(home, database().getFileName() + BROKEN + "*")) {
            return files.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return true;
        }
    }

    /**
     * The largest number that a task with a run folder has; 0 where there is none.
     *
     * @throws StoreFailure where that cannot be told
     */
    long largestRun() throws StoreFailure {
        Path runs = home.resolve("runs");
        long largest = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
            for (Path each : folders) {
                String name = each.getFileName().toString();
                if (TASK.matcher(name).matches()) {
                    largest = Math.max(largest, Long.parseLong(name));
                }
            }
            return largest;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException | DirectoryIteratorException e) {
            throw new StoreFailure(
                    "cannot look into "
                            + runs
                            + ": "
                            + e
                            + "; give Simmer a folder that it can read, by SIMMER_HOME",
                    e);
        }
    }

    private Path named(Path file, String suffix) {
        // As SQLite names a log behind its database's name: so both can be opened together.
        String name = file.getFileName().toString();
        String base = database().getFileName().toString();
        return home.resolve(base + suffix + name.substring(base.length()));
    }

    StoreSize size() {
        return new StoreSize(length(database()), length(log()));
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
