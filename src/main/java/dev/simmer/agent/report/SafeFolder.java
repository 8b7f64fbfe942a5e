package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An opened folder of a workspace. Each folder on the way is opened from the one above it and a
 * link is never followed, so a folder that is swapped for a link after {@link SafePath#check} is an
 * error and no way out. Where the platform cannot open relative to a folder, paths are used and
 * only the last part is guarded against links. Used by one thread.
 */
final class SafeFolder implements AutoCloseable {
    /** No file of this room is larger: 16 MiB. */
    static final int MAX_BYTES = 16 << 20;

    /** The names of files that are not yet in place, as a regular expression. */
    static final String BESIDE = "\\.simmer-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp";

    /** So old, what is not yet in place never will be: whoever wrote it has crashed. */
    private static final Duration LEFT = Duration.ofMinutes(10);

    private final Path path;
    private final @Nullable SecureDirectoryStream<Path> folder;
    private final DirectoryStream<Path> open;

    private SafeFolder(Path path, DirectoryStream<Path> open) {
        this.path = path;
        this.open = open;
        this.folder = open instanceof SecureDirectoryStream<Path> secure ? secure : null;
    }

    /**
     * Opens the folder of a file.
     *
     * @param make whether missing folders are made
     */
    @SuppressWarnings("StreamResourceLeak") // The folder that is made of it closes it.
    static SafeFolder of(SafePath.Inside file, boolean make) throws IOException {
        SafeFolder here =
                new SafeFolder(file.workspace(), Files.newDirectoryStream(file.workspace()));
        Path parent = file.relative().getParent();
        if (parent == null) {
            return here;
        }
        for (Path name : parent) {
            try {
                SafeFolder next = here.below(name, make);
                here.close();
                here = next;
            } catch (IOException e) {
                here.close();
                throw e;
            }
        }
        return here;
    }

    private SafeFolder below(Path name, boolean make) throws IOException {
        Path next = path.resolve(name);
        try {
            return opened(next, name);
        } catch (NoSuchFileException e) {
            if (!make) {
                throw e;
            }
        }
        try {
            Files.createDirectory(next);
        } catch (FileAlreadyExistsException e) {
            // Another one made it; what it is shows when it is opened.
        }
        return opened(next, name);
    }

    @SuppressWarnings("StreamResourceLeak") // The folder that is made of it closes it.
    private SafeFolder opened(Path next, Path name) throws IOException {
        if (folder != null) {
            return new SafeFolder(next, folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
        }
        if (Files.isSymbolicLink(next)) {
            throw new FileSystemException(next.toString(), null, "it is a link");
        }
        return new SafeFolder(next, Files.newDirectoryStream(next));
    }

    /** The names in the folder, sorted; to be asked once only. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        open.forEach(each -> names.add(String.valueOf(each.getFileName())));
        names.sort(null);
        return names;
    }

    /** What a file is, links not followed; empty where there is none. */
    Optional<BasicFileAttributes> attributes(String name) throws IOException {
        try {
            return Optional.of(view(name, BasicFileAttributeView.class).readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Optional<PosixFileAttributes> owned(String name) throws IOException {
        try {
            return Optional.of(view(name, PosixFileAttributeView.class).readAttributes());
        } catch (NoSuchFileException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private <V extends FileAttributeView> V view(String name, Class<V> type) {
        V view =
                folder == null
                        ? Files.getFileAttributeView(
                                path.resolve(name), type, LinkOption.NOFOLLOW_LINKS)
                        : folder.getFileAttributeView(
                                Path.of(name), type, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new UnsupportedOperationException(type.getSimpleName());
        }
        return view;
    }

    /**
     * The bytes of a file; empty where there is none.
     *
     * @throws FileSystemException where it is a link, no regular file, or too large
     */
    Optional<byte[]> read(String name) throws IOException {
        Optional<BasicFileAttributes> attributes = attributes(name);
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        if (!attributes.get().isRegularFile()) {
            throw new FileSystemException(name, null, "it is a link or no regular file");
        }
        try (SeekableByteChannel channel =
                channel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > MAX_BYTES) {
                throw new FileSystemException(name, null, "it is larger than 16 MiB");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all is read.
            }
            byte[] read = new byte[bytes.position()];
            bytes.flip().get(read);
            return Optional.of(read);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    SeekableByteChannel channel(
            String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return folder == null
                ? Files.newByteChannel(path.resolve(name), options, attributes)
                : folder.newByteChannel(Path.of(name), options, attributes);
    }

    /** Something to be asked while the new file is ready but not yet in place. */
    @FunctionalInterface
    interface Check {
        boolean stillRight() throws IOException;
    }

    /**
     * Puts a file in place by rename, whole or not at all, on disk when this returns. Mode, owner
     * and group of one that stood there are kept as far as this user may.
     *
     * @return false where the check said no and nothing was changed
     */
    boolean write(String name, byte[] bytes, Check check) throws IOException {
        Optional<PosixFileAttributes> old = owned(name);
        String beside = ".simmer-" + UUID.randomUUID() + ".tmp";
        Set<OpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        boolean moved = false;
        try {
            try (SeekableByteChannel channel =
                    old.isPresent()
                            ? channel(
                                    beside,
                                    options,
                                    PosixFilePermissions.asFileAttribute(
                                            PosixFilePermissions.fromString("rw-------")))
                            : channel(beside, options)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                if (old.isPresent()) {
                    likeBefore(beside, old.get());
                }
                if (channel instanceof FileChannel file) {
                    file.force(true);
                }
            }
            if (check.stillRight()) {
                move(beside, name);
                moved = true;
                sweep();
            }
            return moved;
        } finally {
            if (!moved) {
                delete(beside);
            }
        }
    }

    /** Removes what a crash in the midst of a write has left; what cannot be removed stays. */
    private void sweep() {
        Instant before = Instant.now().minus(LEFT);
        Path here = Path.of(".");
        try (DirectoryStream<Path> names =
                folder == null
                        ? Files.newDirectoryStream(path)
                        : folder.newDirectoryStream(here, LinkOption.NOFOLLOW_LINKS)) {
            for (Path each : names) {
                String name = String.valueOf(each.getFileName());
                if (name.matches(BESIDE)
                        && attributes(name)
                                .filter(BasicFileAttributes::isRegularFile)
                                .filter(it -> it.lastModifiedTime().toInstant().isBefore(before))
                                .isPresent()) {
                    delete(name);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The next write tries again.
        }
    }

    private void likeBefore(String name, PosixFileAttributes old) throws IOException {
        PosixFileAttributeView view = view(name, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        try {
            if (!now.owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
            if (!now.group().equals(old.group())) {
                view.setGroup(old.group());
            }
        } catch (FileSystemException e) {
            // Only its owner or root may; the mode below is kept in any case.
        }
        Set<PosixFilePermission> mode = old.permissions();
        view.setPermissions(mode);
    }

    /** Renames a file within the folder. */
    void move(String from, String to) throws IOException {
        if (folder == null) {
            Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } else {
            folder.move(Path.of(from), folder, Path.of(to));
        }
    }

    /** Removes a file, if it is there. */
    void delete(String name) throws IOException {
        try {
            if (folder == null) {
                Files.deleteIfExists(path.resolve(name));
            } else {
                folder.deleteFile(Path.of(name));
            }
        } catch (NoSuchFileException e) {
            // Gone already.
        }
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
