package dev.simmer.supervisor;

import dev.simmer.json.JsonValue;
import dev.simmer.model.Engine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Serves an engine to the clients of a home, over a Unix domain socket; docs/PROTOCOL.md describes
 * the wire.
 *
 * <p>One thread does all reading and writing, and never waits for a client: it reads and writes
 * what is possible now, a limited amount for each client in turn. The engine is asked by a thread
 * of its own, since an engine with much to do makes whoever asks wait. What other threads have to
 * say comes in through a mailbox.
 */
public final class SupervisorServer implements AutoCloseable {
    private static final int LINES_AT_ONCE = 64;
    private static final int ACCEPTED_AT_ONCE = 64;
    private static final int MOST_TRIES = 5;
    private static final int KERNEL_BUFFER = 64 << 10;
    private static final int TURNS_BETWEEN_SUMS = 16;
    private static final long STATES_APART_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ServerSetup setup;
    private final UserPrincipal owner;
    private final SupervisorFiles files;
    private final Path socket;
    private final Selector selector;
    private ServerSocketChannel listening;
    private SelectionKey accepting;
    private final Desk desk;
    private final Incoming.Budget budget;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Incoming.MOST_AT_ONCE);
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Connection> unread = new LinkedHashSet<>();
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final Engine engine;
    private final ReentrantLock serving = new ReentrantLock();
    private Engine.@Nullable Subscription subscription;
    private volatile boolean stateIsOld = true;
    private volatile boolean ending;
    private boolean closed;
    private long turns;
    private long stateAt = System.nanoTime() - STATES_APART_NANOS;
    private long idleSince = System.nanoTime();
    private boolean acceptsLater;
    private long acceptsAgainAt;
    private boolean engineHasSpoken;

    private SupervisorServer(HomeLock home, Engine engine, ServerSetup setup, UserPrincipal owner)
            throws IOException, SupervisorFailure {
        this.engine = engine;
        this.setup = setup;
        this.owner = owner;
        this.files = home.files();
        this.socket = files.socket();
        this.budget = new Incoming.Budget(setup.limits().incomingBytes());
        this.desk = new Desk(home.files(), engine, setup, this::post, this::counts);
        this.selector = Selector.open();
        try {
            this.listening = listen(files);
            this.accepting = register(listening);
        } catch (IOException | SupervisorFailure e) {
            selector.close();
            throw e;
        }
    }

    /**
     * Begins to listen.
     *
     * @param home held until the server is closed; the caller gives it up after the store
     * @param engine closed by the caller, after the server
     * @throws SupervisorFailure where the socket's folder cannot be used, or another home's
     *     supervisor listens there
     */
    public static SupervisorServer open(HomeLock home, Engine engine, ServerSetup setup)
            throws SupervisorFailure {
        Path socket = home.files().socket();
        if (Sockets.accepts(socket)) {
            throw new SupervisorFailure(
                    SupervisorFailure.Kind.ALREADY_RUNNING,
                    "another home's supervisor listens at "
                            + socket
                            + "; set SIMMER_HOME, and each home has a socket of its own");
        }
        try {
            SupervisorServer server = new SupervisorServer(home, engine, setup, Ownership.user());
            server.subscription = engine.subscribe(_ -> server.stateChanged());
            return server;
        } catch (IOException e) {
            throw Ownership.unusable(socket, Ownership.reason(e));
        }
    }

    /** A folder for the socket alone goes with the last supervisor that has one in it. */
    private static ServerSocketChannel listen(SupervisorFiles files)
            throws IOException, SupervisorFailure {
        Optional<Path> folder = files.folderOfSocket();
        for (int tries = 1; ; tries++) {
            if (folder.isPresent()) {
                Ownership.makePrivate(folder.get(), false);
            }
            try {
                return Sockets.listen(files.socket());
            } catch (IOException e) {
                boolean taken = folder.isPresent() && Files.notExists(folder.get());
                if (!taken || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private SelectionKey register(ServerSocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Serves until a client asks for the end, nothing has gone on for long enough, or {@link
     * #close} is called. From now on nobody new gets in; those who are connected see the end when
     * the process ends, or at {@link #close}. The caller closes the engine and the store, and ends
     * the process.
     */
    public void serve() {
        serving.lock();
        try {
            while (!ending) {
                turn();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the socket's selector failed", e);
        } finally {
            stopListening();
            serving.unlock();
        }
    }

    private void turn() throws IOException {
        selector.select(this::ready, waitMillis());
        for (Runnable message = mailbox.poll(); message != null; message = mailbox.poll()) {
            message.run();
        }
        for (Connection each : List.copyOf(unread)) {
            handleLines(each);
        }
        lookAtState();
        for (Connection each : desk.takeTouched()) {
            write(each);
        }
        keepWithinMemory();
        if (acceptsLater && System.nanoTime() - acceptsAgainAt >= 0) {
            acceptsLater = false;
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
        if (desk.endIsAskedFor()) {
            sayFarewell();
        }
        if (desk.endIsAskedFor() || (isIdleForLong() && nobodyIsAtTheDoor())) {
            ending = true;
        }
    }

    /** Whoever watches learns that this end was wanted; one that does not read now does not. */
    private void sayFarewell() {
        for (Connection each : List.copyOf(connections)) {
            for (Subscription watched : each.subscriptions()) {
                each.send(ServerText.ending(watched.id()));
            }
            write(each);
        }
    }

    /** At least 1 where there is a time to wait for; 0 means for ever. */
    private long waitMillis() {
        if ((!unread.isEmpty() && engineHasSpoken()) || !mailbox.isEmpty()) {
            return 1;
        }
        long now = System.nanoTime();
        long wait = Long.MAX_VALUE;
        if (stateIsOld) {
            wait = Math.min(wait, stateAt + STATES_APART_NANOS - now);
        }
        if (acceptsLater) {
            wait = Math.min(wait, acceptsAgainAt - now);
        }
        if (mayIdle()) {
            wait = Math.min(wait, idleSince + setup.idleExit().toNanos() - now);
        }
        return wait == Long.MAX_VALUE
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait + 999_999));
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            acceptAll();
            return;
        }
        Connection connection = (Connection) key.attachment();
        if (key.isReadable()) {
            read(connection);
        }
        if (key.isValid() && key.isWritable()) {
            write(connection);
        }
    }

    private void acceptAll() {
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
                SocketChannel channel = listening.accept();
                if (channel == null) {
                    return;
                }
                welcome(channel);
            }
        } catch (IOException e) {
            // Out of file descriptors: those who wait go on waiting.
            System.err.println("simmer: cannot accept a client: " + Ownership.reason(e));
            accepting.interestOps(0);
            acceptsLater = true;
            acceptsAgainAt = System.nanoTime() + ACCEPT_PAUSE_NANOS;
        }
    }

    private void welcome(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            if (!owner.equals(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user())) {
                turnAway(channel, Fault.NOT_YOURS, "this supervisor belongs to another user");
                return;
            }
            if (connections.size() >= setup.limits().clients()) {
                turnAway(
                        channel,
                        Fault.LIMIT,
                        "too many clients: " + connections.size() + " are connected");
                return;
            }
            channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Connection connection =
                    new Connection(
                            channel, key, new Incoming(setup.limits().messageBytes(), budget));
            key.attach(connection);
            connections.add(connection);
        } catch (IOException e) {
            closeQuietly(channel);
        }
    }

    private static void turnAway(SocketChannel channel, Fault why, String words) {
        try {
            channel.write(ByteBuffer.wrap(ServerText.error(new JsonValue.Nothing(), why, words)));
        } catch (IOException e) {
            // It is told by the end of the connection.
        }
        closeQuietly(channel);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }

    private void read(Connection connection) {
        if (unread.contains(connection)) {
            return;
        }
        try {
            if (!connection.read(buffer)) {
                drop(connection);
                return;
            }
        } catch (IOException e) {
            drop(connection);
            return;
        }
        handleLines(connection);
    }

    /**
     * Whether there is anything to answer with: until the engine has taken up what one before it
     * left, nobody is told that there are no tasks. Its first snapshot wakes the selector.
     */
    private boolean engineHasSpoken() {
        engineHasSpoken = engineHasSpoken || engine.snapshot().version() > 0;
        return engineHasSpoken;
    }

    /** Handles a limited number of lines, so that others get their turn. */
    private void handleLines(Connection connection) {
        if (!engineHasSpoken()) {
            unread.add(connection);
            return;
        }
        unread.remove(connection);
        for (int i = 0; i < LINES_AT_ONCE && connections.contains(connection); i++) {
            if (connection.ending()) {
                break;
            }
            switch (connection.incoming().next()) {
                case NONE -> {
                    write(connection);
                    return;
                }
                case LINE -> handle(connection, connection.incoming().line());
                case TOO_LONG ->
                        connection.send(
                                ServerText.error(
                                        new JsonValue.Nothing(),
                                        Fault.LIMIT,
                                        "a message is longer than "
                                                + setup.limits().messageBytes()
                                                + " bytes"));
                case NO_ROOM ->
                        connection.send(
                                ServerText.error(
                                        new JsonValue.Nothing(),
                                        Fault.LIMIT,
                                        "too many long messages arrive at once; send it again"));
            }
        }
        if (connections.contains(connection) && !connection.ending()) {
            unread.add(connection);
        }
        write(connection);
    }

    /**
     * A fault of our own ends one request, not the supervisor. A pattern with thousands of nested
     * groups is refused here too: the compiler of patterns overflows the stack.
     */
    private void handle(Connection connection, byte[] line) {
        try {
            desk.handle(connection, line);
        } catch (RuntimeException | StackOverflowError e) {
            System.err.println("simmer: a request failed: " + e);
            connection.send(
                    ServerText.error(
                            new JsonValue.Nothing(),
                            Fault.INTERNAL,
                            "the supervisor failed at this request: " + e.getClass().getName()));
        }
    }

    private void write(Connection connection) {
        if (!connections.contains(connection)) {
            return;
        }
        try {
            if (!connection.write(desk::tell)) {
                drop(connection);
                return;
            }
        } catch (IOException e) {
            drop(connection);
            return;
        }
        if (connection.queued() > setup.limits().replies()
                || connection.queuedBytes() > setup.limits().outgoingBytes()) {
            drop(connection);
        }
    }

    /** Lets go of the one that has not read for longest while all together hold too much. */
    private void keepWithinMemory() {
        if (++turns % TURNS_BETWEEN_SUMS != 0) {
            return;
        }
        while (true) {
            long all = 0;
            Connection stalest = null;
            for (Connection each : connections) {
                int bytes = each.outgoingBytes();
                all += bytes;
                if (bytes > 0
                        && (stalest == null || each.progressAt() - stalest.progressAt() < 0)) {
                    stalest = each;
                }
            }
            if (stalest == null || all <= setup.limits().allOutgoingBytes()) {
                return;
            }
            drop(stalest);
        }
    }

    private void drop(Connection connection) {
        connection.close();
        connections.remove(connection);
        unread.remove(connection);
        if (connections.isEmpty()) {
            idleSince = System.nanoTime();
        }
    }

    private void lookAtState() {
        long now = System.nanoTime();
        if (stateIsOld && now - stateAt >= STATES_APART_NANOS) {
            stateIsOld = false;
            stateAt = now;
            desk.look();
        }
        if (desk.takeNews()) {
            for (Connection each : new ArrayList<>(connections)) {
                if (!each.subscriptions().isEmpty() && !each.writes()) {
                    write(each);
                }
            }
        }
        if (desk.somethingGoesOn()) {
            idleSince = now;
        }
    }

    private void stateChanged() {
        if (!stateIsOld) {
            stateIsOld = true;
            selector.wakeup();
        }
    }

    private void post(Runnable message) {
        mailbox.add(message);
        selector.wakeup();
    }

    /** How many bytes all connections hold now, of what arrives and of what leaves. */
    CompletableFuture<Long> heldBytes() {
        CompletableFuture<Long> held = new CompletableFuture<>();
        post(() -> {
            long bytes = 0;
            for (Connection each : connections) {
                bytes += each.outgoingBytes() + each.incoming().heldBytes();
            }
            held.complete(bytes);
        });
        return held;
    }

    private int[] counts() {
        int subscriptions = 0;
        for (Connection each : connections) {
            subscriptions += each.subscriptions().size();
        }
        return new int[] {connections.size(), subscriptions};
    }

    private boolean mayIdle() {
        return !setup.idleExit().isZero() && connections.isEmpty() && !desk.somethingGoesOn();
    }

    private boolean isIdleForLong() {
        return mayIdle()
                && !stateIsOld
                && System.nanoTime() - idleSince >= setup.idleExit().toNanos();
    }

    /**
     * Takes the socket away, so that whoever comes now finds none and starts another supervisor;
     * and whether nobody has come just before. Else it is put back.
     */
    private boolean nobodyIsAtTheDoor() throws IOException {
        Files.deleteIfExists(socket);
        acceptAll();
        if (connections.isEmpty()) {
            return true;
        }
        accepting.cancel();
        listening.close();
        try {
            listening = listen(files);
        } catch (SupervisorFailure e) {
            throw new IOException(e);
        }
        accepting = register(listening);
        return false;
    }

    private void stopListening() {
        try {
            if (listening.isOpen()) {
                Sockets.remove(files);
                listening.close();
            }
        } catch (IOException e) {
            System.err.println("simmer: cannot remove the socket: " + Ownership.reason(e));
        }
    }

    /** Ends {@link #serve} and all connections. Safe for all threads. */
    @Override
    public void close() {
        ending = true;
        selector.wakeup();
        serving.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (subscription != null) {
                subscription.close();
            }
            stopListening();
            desk.close();
            for (Connection each : new ArrayList<>(connections)) {
                drop(each);
            }
            selector.close();
        } catch (IOException e) {
            System.err.println("simmer: cannot close the socket: " + Ownership.reason(e));
        } finally {
            serving.unlock();
        }
    }
}
