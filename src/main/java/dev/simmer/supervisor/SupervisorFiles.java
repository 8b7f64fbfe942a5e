package dev.simmer.supervisor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a home's supervisor and its clients meet.
 *
 * @param home Simmer's home, absolute
 * @param socket where the supervisor listens, short enough for a socket's address
 * @param lock held by the supervisor while it lives
 * @param log what the supervisor writes for people
 */
public record SupervisorFiles(Path home, Path socket, Path lock, Path log) {
    /** The longest path of a socket, in bytes (unix(7): 108 with the zero at its end). */
    public static final int LONGEST_SOCKET_PATH = 107;

    private static final String NAME = "supervisor.sock";

    /**
     * Finds the places, and makes nothing.
     *
     * <p>The socket is {@code $XDG_RUNTIME_DIR/simmer/supervisor.sock}, or {@code supervisor.sock}
     * in the home where SIMMER_HOME is set or XDG_RUNTIME_DIR is not. Where that path is too long
     * for a socket it is {@code /tmp/simmer-<user id>/<hash of the home>.sock}.
     *
     * @param environment the caller's variables
     * @param home Simmer's home, absolute
     */
    public static SupervisorFiles of(Map<String, String> environment, Path home) {
        Path place = home.normalize();
        return new SupervisorFiles(
                place,
                socket(environment, place),
                place.resolve("supervisor.lock"),
                place.resolve("supervisor.log"));
    }

    private static Path socket(Map<String, String> environment, Path home) {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        boolean ownHome = !environment.getOrDefault("SIMMER_HOME", "").isEmpty();
        // The specification says to ignore a relative path.
        Path wanted =
                !ownHome && runtime.startsWith("/")
                        ? Path.of(runtime, "simmer", NAME).normalize()
                        : home.resolve(NAME);
        if (bytes(wanted) <= LONGEST_SOCKET_PATH) {
            return wanted;
        }
        return Path.of("/tmp", "simmer-" + Ownership.userId(), hash(home) + ".sock");
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** FNV-1a, 64 bits (Fowler, Noll, Vo); whether it is the same home is asked when connecting. */
    private static String hash(Path home) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : home.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return Long.toHexString(hash);
    }

    /** Where the holder of the lock says who it is and which socket it has. */
    Path holder() {
        return home.resolve("supervisor.pid");
    }

    /** The folder that holds sockets alone; empty where the socket lies in the home. */
    Optional<Path> folderOfSocket() {
        return Optional.ofNullable(socket.getParent()).filter(folder -> !folder.equals(home));
    }

    /** Held by whoever starts a supervisor. */
    Path starting() {
        return home.resolve("supervisor.starting");
    }
}
