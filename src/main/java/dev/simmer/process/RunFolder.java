package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An attempt's folder on disk: mode 0700, its files 0600; nothing in it is ever a link. */
final class RunFolder {
    static final String LOG = "output.log";

    /** When the log was how long, see {@link LogTimes}; and the same while it is written anew. */
    static final String TIMES = "times";

    static final String NEW_TIMES = "times.new";

    static final String EXIT = "exit";
    static final String PID = "pid";
    static final String INPUT = "input";
    static final String TMP = "tmp";

    /** The path of the attempt's own control group. */
    static final String CGROUP = "cgroup";

    /** Why it has none although it asked for one. */
    static final String ISOLATION = "isolation";

    /** What the kernel did to an attempt that ended well all the same. */
    static final String OUT_OF_MEMORY = "out-of-memory";

    private static final int MODE = 0700;

    /** The attempt's folder, the task's, and the one of all tasks. */
    private static final int LEVELS = 3;

    /** More than the shim ever writes into one file, a shell's words on a signal included. */
    private static final int BLANK_BYTES = 256;

    /** Where in {@link #PID} it is written what was asked; the ids take less. */
    private static final int ASKED_AT = 128;

    private static final Set<String> NAMES =
            Set.of(LOG, TIMES, NEW_TIMES, EXIT, PID, INPUT, TMP, CGROUP, ISOLATION, OUT_OF_MEMORY);

    private final Path folder;

    /** Whether a folder is what this class has made. */
    enum Trust {
        /** A folder of ours. */
        OURS,
        /** There is none. */
        MISSING,
        /** A link, a file, or another user's, itself or the folders it lies in. */
        STRANGE
    }

    RunFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    Path tmp() {
        return folder.resolve(TMP);
    }

    byte[] file(String name) {
        return PathBytes.of(folder, name);
    }

    /**
     * Makes the folder, its tmp, and the files that the shim writes into; 0 or the negated errno.
     * Folders above it are made as needed. The files are made as long as they will ever be: so the
     * disk has room for how the attempt ends, however full it is by then.
     */
    int make(boolean input, Posix posix) {
        byte[] path = PathBytes.of(folder);
        Trust above = trust(folder.getParent(), LEVELS - 1, posix);
        if (above == Trust.MISSING) {
            int made = makeAbove(posix);
            if (made < 0) {
                return made;
            }
            above = trust(folder.getParent(), LEVELS - 1, posix);
        }
        if (above != Trust.OURS) {
            return -Posix.ELOOP;
        }
        int made = posix.mkdir(path, MODE);
        if (made == -Posix.EEXIST && isOursAndEmpty(posix)) {
            made = 0;
        }
        if (made == 0) {
            made = posix.mkdir(file(TMP), MODE);
        }
        if (made == 0) {
            made = posix.createBlank(file(EXIT), BLANK_BYTES);
        }
        if (made == 0) {
            made = posix.createBlank(file(PID), BLANK_BYTES);
        }
        return made == 0 && input ? posix.mkfifo(file(INPUT), 0600) : made;
    }

    private int makeAbove(Posix posix) {
        Path parent = folder.getParent();
        if (parent == null) {
            return -Posix.ENOENT;
        }
        int made = posix.mkdir(PathBytes.of(parent), MODE);
        if (made == -Posix.ENOENT) {
            try {
                Files.createDirectories(
                        parent,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
                made = 0;
            } catch (IOException e) {
                Path existing = parent;
                while (existing != null && !Files.exists(existing)) {
                    existing = existing.getParent();
                }
                made =
                        existing != null && !Files.isDirectory(existing)
                                ? -Posix.ENOTDIR
                                : existing != null && Files.isWritable(existing)
                                        ? -Posix.ENOSPC
                                        : -Posix.EACCES;
            }
        }
        return made == -Posix.EEXIST ? 0 : made;
    }

    /** What has been made of an agent before does not count. */
    private boolean isOursAndEmpty(Posix posix) {
        if (trust(folder, 1, posix) != Trust.OURS) {
            return false;
        }
        try {
            try (var entries = Files.newDirectoryStream(folder)) {
                for (Path each : entries) {
                    if (!isAgents(each)) {
                        return false;
                    }
                }
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Looks at the folder and at the two that it lies in, which are the task's and the home's. */
    Trust trust(Posix posix) {
        return trust(folder, LEVELS, posix);
    }

    private static Trust trust(@Nullable Path from, int levels, Posix posix) {
        int user = posix.user();
        Path place = from;
        for (int level = 0; level < levels && place != null; level++) {
            int failed = posix.stat(PathBytes.of(place));
            if (failed == -Posix.ENOENT) {
                return Trust.MISSING;
            }
            if (failed < 0 || posix.kind() != Posix.S_IFDIR || posix.uid != user) {
                return Trust.STRANGE;
            }
            place = place.getParent();
        }
        return Trust.OURS;
    }

    /**
     * Whether nothing but what {@link #make} leaves is here: no process has written down its id,
     * and none has printed anything.
     */
    boolean isBlank(Posix posix) {
        if (trust(posix) != Trust.OURS
                || ids(posix).isPresent()
                || (posix.stat(file(LOG)) == 0 && posix.size > 0)) {
            return false;
        }
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            for (Path each : inside) {
                if (!NAMES.contains(each.getFileName().toString()) && !isAgents(each)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** When something was last written here that tells of a process. */
    Optional<Instant> lastWritten(Posix posix) {
        Optional<Instant> last = modified(LOG, posix);
        Optional<Instant> begun = modified(PID, posix);
        return begun.isPresent() && (last.isEmpty() || begun.get().isAfter(last.get()))
                ? begun
                : last;
    }

    /** When one of the files was last written. */
    Optional<Instant> modified(String name, Posix posix) {
        return posix.stat(file(name)) == 0 ? Optional.of(posix.modified) : Optional.empty();
    }

    /** What was asked of an attempt that a later engine must know of. */
    enum Asked {
        NOTHING('\n'),
        STOP('s'),
        KILL('k');

        private final char letter;

        Asked(char letter) {
            this.letter = letter;
        }
    }

    /** Writes down what is asked, before it is done; needs no room on the disk. */
    void note(Asked asked, Posix posix) {
        int fd = posix.open(file(PID), Posix.O_WRONLY | Posix.O_NOFOLLOW);
        if (fd >= 0) {
            posix.writeAt(fd, asked.letter, ASKED_AT);
            posix.close(fd);
        }
    }

    /** What was asked by this engine or one before it. */
    Asked asked(Posix posix) {
        String text = read(PID, posix);
        char letter = text.length() > ASKED_AT ? text.charAt(ASKED_AT) : '\n';
        return letter == Asked.KILL.letter
                ? Asked.KILL
                : letter == Asked.STOP.letter ? Asked.STOP : Asked.NOTHING;
    }

    Optional<Shim.Ids> ids(Posix posix) {
        return Shim.ids(read(PID, posix));
    }

    /** What the file {@code exit} holds; empty where it cannot be read. */
    String exit(Posix posix) {
        return read(EXIT, posix);
    }

    /** What a file of the folder says; nothing where it cannot be read. */
    String text(String name, Posix posix) {
        return read(name, posix);
    }

    /** Writes a file that is not there yet. */
    void write(String name, String text) throws IOException {
        Files.writeString(
                Files.createFile(
                        folder.resolve(name),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))),
                text);
    }

    private String read(String name, Posix posix) {
        int length = posix.readFile(file(name), Posix.O_NOFOLLOW);
        return length <= 0 ? "" : posix.text(length);
    }

    /** Whether tmp is there and nothing is in it. */
    boolean tmpIsEmpty() {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(tmp())) {
            return !inside.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes tmp with all that is in it, following no link; what cannot be removed stays. */
    void removeTmp() {
        removeTree(tmp());
    }

    private static boolean isAgents(Path file) {
        return Launch.AGENT_FILES.contains(file.getFileName().toString());
    }

    /**
     * Removes what {@link #make} and a failed start have made; with the folder, unless something of
     * an agent is left in it.
     */
    void removeAll() {
        if (!removeParts()) {
            removeTree(folder);
        }
        Path parent = folder.getParent();
        if (parent != null) {
            // The task's folder goes with its last attempt; while it holds another, this fails.
            boolean _ = parent.toFile().delete();
        }
    }

    /** Removes all but what is an agent's; whether there is such a thing. */
    private boolean removeParts() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean agents = false;
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            for (Path each : inside) {
                if (isAgents(each)) {
                    agents = true;
                } else {
                    removeTree(each);
                }
            }
        } catch (IOException e) {
            // It is removed as a whole, as far as that can be done.
            return false;
        }
        return agents;
    }

    /** Removes a folder with all that is in it, following no link; what cannot be removed stays. */
    static void removeTree(Path top) {
        try {
            Files.walkFileTree(top, new Remover());
        } catch (IOException e) {
            // A file that another user owns, or a disk that fails: the rest has been removed.
            return;
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                throws IOException {
            // A task may have made a folder in its TMPDIR read-only.
            if (!Files.isWritable(dir) || !Files.isExecutable(dir)) {
                Files.setPosixFilePermissions(
                        dir, Set.copyOf(PosixFilePermissions.fromString("rwx------")));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
                throws IOException {
            try {
                Files.deleteIfExists(dir);
            } catch (java.nio.file.DirectoryNotEmptyException e) {
                // Something in it could not be removed: that part stays.
                return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
