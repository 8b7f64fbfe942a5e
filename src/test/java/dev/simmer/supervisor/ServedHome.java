package dev.simmer.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A home in a folder of its own with a supervisor in this process. */
final class ServedHome implements AutoCloseable {
    static final String VERSION = "1.2.0";

    final FakeEngine engine;
    final SupervisorFiles files;
    final HomeLock lock;
    final SupervisorServer server;
    private final Thread serving;

    ServedHome(Path home) throws SupervisorFailure {
        this(home, ServerLimits.USUAL, Duration.ZERO);
    }

    ServedHome(Path home, ServerLimits limits, Duration idleExit) throws SupervisorFailure {
        this(home, limits, idleExit, new FakeEngine());
    }

    ServedHome(Path home, ServerLimits limits, Duration idleExit, FakeEngine engine)
            throws SupervisorFailure {
        this.engine = engine;
        files = files(home);
        lock = HomeLock.claim(files, Duration.ZERO);
        server =
                SupervisorServer.open(
                        lock,
                        engine,
                        new ServerSetup(
                                VERSION, idleExit, () -> Map.of("database", 4096L), limits));
        serving = Thread.ofPlatform().name("serving").start(server::serve);
    }

    /** Where a home's supervisor is met that has nothing to do with this machine's own. */
    static SupervisorFiles files(Path home) {
        return SupervisorFiles.of(Map.of("SIMMER_HOME", home.toString()), home);
    }

    /** Connects with a client of the same version. */
    SupervisorClient connect() throws SupervisorFailure {
        return SupervisorClient.dial(files, files.socket(), VERSION).orElseThrow();
    }

    /** Connects with a client that writes and reads lines as they are. */
    RawClient raw() throws IOException {
        return new RawClient(files.socket());
    }

    /** Finds the supervisor, and starts none. */
    SupervisorStart start() {
        return new SupervisorStart(files, VERSION, List.of("false"), Duration.ofSeconds(20));
    }

    /** Waits until the server has ended by itself. */
    void awaitEnd() throws InterruptedException {
        if (!serving.join(Duration.ofSeconds(30))) {
            throw new AssertionError("the server goes on");
        }
    }

    boolean serves() {
        return serving.isAlive();
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        lock.close();
        try {
            awaitEnd();
            Sockets.remove(files);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
