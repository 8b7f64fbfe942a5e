package dev.simmer.supervisor;

import dev.simmer.supervisor.SupervisorFailure.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds a home's supervisor, or starts it. Safe for all threads. */
public final class SupervisorStart {
    /** How long a supervisor may take to come up where nothing else is said. */
    public static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    private final SupervisorFiles files;
    private final String version;
    private final List<String> command;
    private final Duration limit;

    /**
     * @param files where it is met
     * @param version this client's version; an older supervisor is replaced
     * @param command what runs a supervisor of this version in the foreground, such as {@code java
     *     -cp ... dev.simmer.cli.Main supervisor run}; it tells by {@link StartSignal} that it is
     *     up
     * @param limit how long it may take to come up
     */
    public SupervisorStart(
            SupervisorFiles files, String version, List<String> command, Duration limit) {
        this.files = files;
        this.version = version;
        this.command = List.copyOf(command);
        this.limit = limit;
    }

    /**
     * Connects to the supervisor; starts it where none runs, and replaces one that is older than
     * this client (its tasks go on). Several callers at once, also in several processes, end up
     * with the same one.
     *
     * @throws SupervisorFailure where none comes up, or what answers cannot be used
     */
    public SupervisorClient connect() throws SupervisorFailure {
        Optional<SupervisorClient> found = findFit();
        return found.isPresent() ? found.get() : start();
    }

    /**
     * Connects to the supervisor where one runs; starts and replaces none.
     *
     * @return empty where none runs
     */
    public Optional<SupervisorClient> find() throws SupervisorFailure {
        Optional<SupervisorClient> found = dial();
        if (found.isPresent() && found.get().hello().protocol() != Protocol.VERSION) {
            Hello hello = found.get().hello();
            found.get().close();
            throw otherProtocol(hello);
        }
        return found;
    }

    /**
     * Connects to the supervisor where one runs that this client can work with; one that is older
     * is ended, and none is started.
     */
    public Optional<SupervisorClient> findFit() throws SupervisorFailure {
        Optional<SupervisorClient> found = dial();
        if (found.isEmpty()) {
            return found;
        }
        Hello hello = found.get().hello();
        if (Versions.older(hello.version(), version)) {
            found.get().shutdown();
            return Optional.empty();
        }
        if (hello.protocol() != Protocol.VERSION) {
            found.get().close();
            throw otherProtocol(hello);
        }
        return found;
    }

    private SupervisorFailure otherProtocol(Hello hello) {
        return new SupervisorFailure(
                Kind.OTHER_PROTOCOL,
                "the supervisor (process "
                        + hello.pid()
                        + ") is Simmer "
                        + hello.version()
                        + " and speaks protocol "
                        + hello.protocol()
                        + "; this is Simmer "
                        + version
                        + ", which speaks protocol "
                        + Protocol.VERSION
                        + ": use that version, or end it (its tasks go on) with that version's"
                        + " `simmer supervisor stop`");
    }

    /**
     * The home's own socket first; then the one that the holder of the home's lock names, which may
     * have been started where the environment was another.
     */
    private Optional<SupervisorClient> dial() throws SupervisorFailure {
        Optional<SupervisorClient> found = SupervisorClient.dial(files, files.socket(), version);
        if (found.isPresent()) {
            return found;
        }
        Optional<HomeLock.Holder> holder = HomeLock.Holder.read(files);
        if (holder.isEmpty() || holder.get().socket().equals(files.socket())) {
            return Optional.empty();
        }
        return SupervisorClient.dial(files, holder.get().socket(), version);
    }

    /** One client at a time starts a supervisor; those who waited find it. */
    private SupervisorClient start() throws SupervisorFailure {
        long deadline = System.nanoTime() + limit.toNanos();
        Ownership.makePrivate(files.home(), true);
        // Closing any channel to the file drops this process's lock on it.
        synchronized (SupervisorStart.class) {
            return startInTurn(deadline);
        }
    }

    private SupervisorClient startInTurn(long deadline) throws SupervisorFailure {
        try (FileChannel turn =
                FileChannel.open(
                        files.starting(),
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        Ownership.mode("rw-------"))) {
            lock(turn, deadline);
            return startLocked(deadline);
        } catch (IOException e) {
            throw Ownership.unusable(files.starting(), Ownership.reason(e));
        }
    }

    private SupervisorClient startLocked(long deadline) throws SupervisorFailure {
        while (true) {
            Optional<SupervisorClient> found = findFit();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new SupervisorFailure(
                        Kind.DID_NOT_START,
                        "the supervisor ended each time as soon as it was up; see " + files.log());
            }
            new SupervisorProcess(files, command).start(deadline);
        }
    }

    /** Waits for the lock, which has no time limit of its own. */
    private void lock(FileChannel turn, long deadline) throws IOException, SupervisorFailure {
        if (turn.tryLock() != null) {
            return;
        }
        Thread alarm =
                Thread.ofPlatform()
                        .daemon()
                        .name("simmer-start-limit")
                        .start(() -> closeAt(turn, deadline));
        try {
            turn.lock();
        } catch (java.nio.channels.ClosedChannelException e) {
            throw new SupervisorFailure(
                    Kind.DID_NOT_START,
                    "another process is starting the supervisor and does not get done; it holds "
                            + files.starting());
        } finally {
            alarm.interrupt();
        }
    }

    private static void closeAt(FileChannel turn, long deadline) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            turn.close();
        } catch (InterruptedException e) {
            // It has been got.
        } catch (IOException e) {
            // Closed all the same.
        }
    }
}
