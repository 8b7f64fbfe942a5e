package dev.simmer.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, outside the jar. The driver by itself unpacks it into the temporary
 * folder at each start, compares it with the jar byte by byte, and leaves it there when the process
 * is killed. Here it is unpacked once a version, into a folder that the user alone can write to.
 *
 * <p>Where the system property {@value #PATH} already names a folder that holds {@code
 * libsqlitejdbc.so}, as a launcher may set it, that one is used and nothing is unpacked.
 */
final class NativeLibrary {
    static final String PATH = "org.sqlite.lib.path";
    static final String NAME = "org.sqlite.lib.name";
    private static final String TEMPORARY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /**
     * Tells the driver where its library is; unpacks it before where need be. Where that fails the
     * driver goes its own way. Has no effect once the library has been loaded.
     *
     * @param folder where it is unpacked to; made where it does not exist
     */
    static synchronized void prepare(Path folder) {
        String given = System.getProperty(PATH);
        String name = System.getProperty(NAME, System.mapLibraryName("sqlitejdbc"));
        if (given != null && Files.exists(Path.of(given, name))) {
            System.setProperty(NAME, name);
            // The driver looks for old copies here, and the temporary folder can hold very much.
            System.setProperty(TEMPORARY, given);
            return;
        }
        try {
            Path library = unpacked(folder);
            System.setProperty(PATH, folder.toString());
            System.setProperty(NAME, library.getFileName().toString());
            System.setProperty(TEMPORARY, folder.toString());
        } catch (IOException e) {
            // A full disk, or a folder that cannot be written to.
            System.clearProperty(PATH);
        }
    }

    /** The library of the driver's version in the folder. */
    static Path unpacked(Path folder) throws IOException {
        // The driver's own name for the system takes 20 ms to find out, so it is not part of this.
        String architecture = System.getProperty("os.arch");
        String version = SQLiteJDBCLoader.getVersion();
        Path library = folder.resolve("libsqlitejdbc-" + version + "-" + architecture + ".so");
        if (Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS) && Files.size(library) > 0) {
            return library;
        }
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String resource =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + "/"
                        + LibraryLoaderUtil.getNativeLibName();
        Path part = Files.createTempFile(folder, "unpacking-", ".so");
        try (InputStream from = NativeLibrary.class.getResourceAsStream(resource)) {
            if (from == null) {
                throw new IOException("the driver has no library for this machine: " + resource);
            }
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            // Its name must not be there before its bytes, whatever happens to the machine.
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return library;
    }
}
