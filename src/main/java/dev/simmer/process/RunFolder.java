package dev.simmer.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** An attempt's folder on disk: mode 0700, its files 0600; nothing in it is ever a link. */
final class RunFolder {
    static final String LOG = "output.log";
    static final String EXIT = "exit";
    static final String PID = "pid";
    static final String INPUT = "input";
    static final String TMP = "tmp";

    private static final int MODE = 0700;

    /** More than the shim ever writes into one file, a shell's words on a signal included. */
    private static final int BLANK_BYTES = 256;

    private final Path folder;

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
        int made = posix.mkdir(path, MODE);
        if (made == -Posix.ENOENT) {
            int above = makeAbove(posix);
            made = above < 0 ? above : posix.mkdir(path, MODE);
        }
        if (made == -Posix.EEXIST && isOursAndEmpty()) {
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

    private boolean isOursAndEmpty() {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            try (var entries = Files.newDirectoryStream(folder)) {
                if (entries.iterator().hasNext()) {
                    return false;
                }
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Optional<Shim.Ids> ids(Posix posix) {
        return Shim.ids(read(PID, posix));
    }

    /** What the file {@code exit} holds; empty where it cannot be read. */
    String exit(Posix posix) {
        return read(EXIT, posix);
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

    /** Removes what {@link #make} and a failed start have made. */
    void removeAll() {
        removeTree(folder);
        Path parent = folder.getParent();
        if (parent != null) {
            // The task's folder goes with its last attempt; while it holds another, this fails.
            boolean _ = parent.toFile().delete();
        }
    }

    private static void removeTree(Path top) {
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
        public FileVisitResult postVisitDirectory(
                Path dir, java.io.@org.jspecify.annotations.Nullable IOException failure)
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
