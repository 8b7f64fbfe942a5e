package dev.simmer.tui.term;

import dev.simmer.tui.model.LogKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that an agent has left. It lies where the agent may put something else, so that no link is
 * followed at its place: it could show any other file as the agent's work.
 */
final class SheetFile {
    private SheetFile() {}

    /**
     * Refuses what is no file of its own; one that is missing is let through. Logs, which lie in
     * Simmer's own folder, are not looked at.
     *
     * @throws IOException when it is a link, or no regular file
     */
    static void check(LogKey key) throws IOException {
        if (!key.sheet().fromTop()) {
            return;
        }
        try {
            BasicFileAttributes now =
                    Files.readAttributes(
                            key.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (now.isSymbolicLink()) {
                throw new IOException("at its place is a link, which is not followed");
            }
            if (!now.isRegularFile()) {
                throw new IOException("at its place is no regular file");
            }
        } catch (NoSuchFileException _) {
            return;
        }
    }

    /**
     * Reads its beginning.
     *
     * @param most bytes
     * @throws IOException when it is missing, a link or no regular file, or cannot be read
     */
    static byte[] beginning(LogKey key, int most) throws IOException {
        check(key);
        try (InputStream file = Files.newInputStream(key.path(), LinkOption.NOFOLLOW_LINKS)) {
            return file.readNBytes(most);
        }
    }
}
