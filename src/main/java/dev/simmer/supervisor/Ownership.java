package dev.simmer.supervisor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Whose files are whose. */
final class Ownership {
    private static final Path SELF = Path.of("/proc/self");
    private static final int ANYBODY_ELSE = 077;

    private Ownership() {}

    /** The user that this process runs as; equal to the principal of a socket's peer. */
    static UserPrincipal user() throws IOException {
        return Files.getOwner(SELF);
    }

    /** The number of the user that this process runs as; -1 where it cannot be told. */
    static int userId() {
        try {
            return userIdOf(SELF);
        } catch (IOException e) {
            return -1;
        }
    }

    /** The number of a file's owner; of a link's, where it is one. */
    static int userIdOf(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Makes a folder for its owner alone (mode 0700), or sees that it is such a one.
     *
     * @param mayBeLink whether it may be a symbolic link; its target must be the user's then
     * @throws SupervisorFailure where it is another user's, no folder, or cannot be made
     */
    static void makePrivate(Path folder, boolean mayBeLink) throws SupervisorFailure {
        try {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(folder, mode("rwx------"));
                return;
            } catch (NoSuchFileException e) {
                // In a folder that is there: one where nothing can be made, such as /proc.
                throw unusable(folder, "it is not there and cannot be made");
            } catch (FileAlreadyExistsException e) {
                // Looked at below, like one that has been here for long.
            }
            Path real = mayBeLink ? folder.toRealPath() : folder;
            if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
                throw unusable(folder, "it is not a folder");
            }
            if (userIdOf(real) != userId()) {
                throw unusable(folder, "it belongs to " + Files.getOwner(real).getName());
            }
            int mode = (int) Files.getAttribute(real, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & ANYBODY_ELSE) != 0) {
                Files.setPosixFilePermissions(
                        real,
                        Set.of(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.OWNER_EXECUTE));
            }
        } catch (IOException e) {
            throw unusable(folder, reason(e));
        }
    }

    /** File permissions for a file that is made. */
    static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    static SupervisorFailure unusable(Path place, String why) {
        return new SupervisorFailure(
                SupervisorFailure.Kind.UNUSABLE,
                "cannot use "
                        + place
                        + ": "
                        + why
                        + "; set SIMMER_HOME to a folder of your own that is writable");
    }

    /** What went wrong, in words: Java's file exceptions often hold the path alone. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no " + none.getFile();
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is in the way";
            case FileSystemLoopException loop -> loop.getFile() + " is a link to itself";
            case FileSystemException other when other.getReason() != null ->
                    other.getFile() == null
                            ? other.getReason()
                            : other.getReason() + ": " + other.getFile();
            default -> e.getMessage() == null ? "input or output failed" : e.getMessage();
        };
    }
}
