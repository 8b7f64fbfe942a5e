package dev.simmer.supervisor;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a home's supervisor and its clients meet.
 *
 * @param home Simmer's home, absolute
 * @param socket where the supervisor listens, short enough for a socket's address
 * @param lock held by the supervisor while it lives
 * @param log what the supervisor writes for people
 */
@SuppressWarnings("DoNotCallSuggester")
public record SupervisorFiles(Path home, Path socket, Path lock, Path log) {
    /** The longest path of a socket, in bytes (unix(7): 108 with the zero at its end). */
    public static final int LONGEST_SOCKET_PATH = 107;

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
        throw new UnsupportedOperationException();
    }
}
