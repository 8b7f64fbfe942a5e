package dev.simmer.supervisor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Unix domain sockets as Simmer uses them. */
final class Sockets {
    private static final int WAITING_TO_BE_ACCEPTED = 1024;

    private Sockets() {}

    /** Loads what the first socket takes. */
    static void prepare() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException e) {
            // Whoever connects will be told.
        }
    }

    /** Connects; the channel blocks. */
    static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether somebody accepts connections there. */
    static boolean accepts(Path socket) {
        try (SocketChannel channel = connect(socket)) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Listens at a path, where nobody may listen: what is there is replaced in one step by a socket
     * for its owner alone (mode 0600).
     */
    static ServerSocketChannel listen(Path socket) throws IOException {
        // Not longer than the name itself, which may be as long as a socket's may.
        Path fresh = socket.resolveSibling(".s" + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(fresh), WAITING_TO_BE_ACCEPTED);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** Takes a home's socket away, and the folder for sockets when no other is in it. */
    static void remove(SupervisorFiles files) throws IOException {
        Files.deleteIfExists(files.socket());
        Optional<Path> folder = files.folderOfSocket();
        if (folder.isPresent()) {
            try {
                Files.deleteIfExists(folder.get());
            } catch (DirectoryNotEmptyException e) {
                // Another home's supervisor has its socket there.
            }
        }
    }

    /** Whether a file is a socket of this process's user; false where there is none. */
    static boolean isOwn(Path socket) {
        try {
            int mode = (int) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & 0170000) == 0140000 && Ownership.userIdOf(socket) == Ownership.userId();
        } catch (IOException e) {
            return false;
        }
    }
}
