package dev.simmer.supervisor;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonObject;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.supervisor.SupervisorFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a supervisor for a command that asks one thing after the other: no thread, no
 * pool. Calls block until the answer is there; there is no time limit, since a supervisor that is
 * busy is not dead, and one that died closes the connection. For one thread. {@link
 * SupervisorStart} makes connections.
 */
public final class SupervisorClient implements AutoCloseable {
    /** The request with which watching begins. */
    private static final long WATCH = 0;

    private final Lines lines;
    private final Hello hello;
    private final Mirror mirror = new Mirror();
    private long calls = 1;

    private SupervisorClient(Lines lines, Hello hello) {
        this.lines = lines;
        this.hello = hello;
    }

    /**
     * Lets other threads load what the first connection and the first message take, while the
     * caller goes on; returns at once. A command that will connect calls it first of all: Java's
     * first Unix domain socket costs some 10 ms (it makes a secure random source), the first JSON
     * text as much.
     */
    public static void prepare() {
        prepare(Sockets::prepare);
        prepare(ClientText::prepare);
    }

    private static void prepare(Runnable part) {
        // Not by Thread.ofPlatform(), whose classes a command needs for nothing else.
        Thread thread = new Thread(part, "simmer-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Connects to a supervisor.
     *
     * @param files where it is met; its home must be this one
     * @param socket the socket to try
     * @param version this client's version
     * @return empty where none listens, or one that was about to end
     * @throws SupervisorFailure where the socket is another user's or another home's, or the
     *     supervisor turns this client away
     */
    static Optional<SupervisorClient> dial(SupervisorFiles files, Path socket, String version)
            throws SupervisorFailure {
        if (!Sockets.isOwn(socket)) {
            if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
                throw new SupervisorFailure(
                        Kind.NOT_OURS,
                        socket + " is not a socket of yours; remove it, or set SIMMER_HOME");
            }
            return Optional.empty();
        }
        SocketChannel channel;
        try {
            channel = Sockets.connect(socket);
        } catch (IOException e) {
            if (e instanceof ConnectException || !Files.exists(socket)) {
                return Optional.empty();
            }
            throw new SupervisorFailure(
                    Kind.UNUSABLE, "cannot connect to " + socket + ": " + Ownership.reason(e));
        }
        Lines lines = new Lines(channel);
        try {
            Optional<SupervisorClient> greeted = greet(lines, version);
            if (greeted.isPresent()) {
                checkHome(files, socket, greeted.get().hello);
            } else {
                lines.close();
            }
            return greeted;
        } catch (SupervisorFailure e) {
            lines.close();
            throw e;
        }
    }

    /** Whoever has got an answer is known to the supervisor, which does not end by itself now. */
    private static Optional<SupervisorClient> greet(Lines lines, String version)
            throws SupervisorFailure {
        byte[] answer;
        try {
            lines.write(
                    ClientText.request(
                            1,
                            Protocol.HELLO,
                            to -> to.put("client", version).put("protocol", Protocol.VERSION)));
            answer = lines.read();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new SupervisorClient(
                            lines, ClientText.hello(ClientText.resultOf(ClientText.read(answer)))));
        } catch (JsonFault e) {
            throw strange(e);
        }
    }

    private static void checkHome(SupervisorFiles files, Path socket, Hello hello)
            throws SupervisorFailure {
        boolean same;
        try {
            same =
                    hello.home().equals(files.home())
                            || Files.isSameFile(hello.home(), files.home());
        } catch (IOException e) {
            same = false;
        }
        if (!same) {
            throw new SupervisorFailure(
                    Kind.NOT_OURS,
                    "the supervisor at "
                            + socket
                            + " (process "
                            + hello.pid()
                            + ") has the home "
                            + hello.home()
                            + ", not "
                            + files.home()
                            + "; set SIMMER_HOME, and each home has a socket of its own");
        }
    }

    private static SupervisorFailure strange(JsonFault e) {
        return new SupervisorFailure(
                Kind.OTHER_PROTOCOL,
                "the supervisor's answer is not understood (" + e.getMessage() + ")");
    }

    private SupervisorFailure gone() {
        return new SupervisorFailure(
                Kind.NOT_RUNNING,
                "the supervisor (process " + hello.pid() + ") went away before it answered");
    }

    /** What the supervisor said of itself when this client connected. */
    public Hello hello() {
        return hello;
    }

    /**
     * Asks for something. A snapshot that is asked for afterwards knows the tasks that a spawn has
     * made.
     *
     * @throws SupervisorFailure where the supervisor went away first, or found the request wrong
     */
    public Reply submit(Request request) throws SupervisorFailure {
        try {
            long id = ++calls;
            send(id, request);
            return ClientText.reply(ClientText.read(answer(id)));
        } catch (IOException e) {
            throw gone();
        } catch (JsonFault e) {
            throw strange(e);
        }
    }

    /** What there is to see now of the tasks that the filter lets through. */
    public Listing list(TaskFilter filter) throws SupervisorFailure {
        try {
            return ClientText.listing(call(Protocol.SNAPSHOT, to -> ClientText.write(to, filter)));
        } catch (JsonFault e) {
            throw strange(e);
        }
    }

    /** As {@link #list}, without the number of those left out. */
    public Snapshot snapshot(TaskFilter filter) throws SupervisorFailure {
        return list(filter).snapshot();
    }

    /** How the supervisor is. */
    public SupervisorStatus status() throws SupervisorFailure {
        try {
            return ClientText.status(call(Protocol.STATUS, _ -> {}));
        } catch (JsonFault e) {
            throw strange(e);
        }
    }

    /**
     * Ends the supervisor, and returns when it has let go of this client. Its tasks go on; it may
     * still be closing its store.
     */
    public void shutdown() throws SupervisorFailure {
        try {
            call(Protocol.SHUTDOWN, _ -> {});
            while (lines.read(Long.MAX_VALUE) != null) {
                // What it still had to say.
            }
        } catch (SupervisorFailure e) {
            if (e.kind() != Kind.NOT_RUNNING) {
                throw e;
            }
        } catch (IOException e) {
            // Gone, as was asked for.
        } finally {
            close();
        }
    }

    private JsonMembers call(String method, Consumer<JsonObject> parameters)
            throws SupervisorFailure {
        long id = ++calls;
        try {
            lines.write(ClientText.request(id, method, parameters));
            return ClientText.resultOf(ClientText.read(answer(id)));
        } catch (IOException e) {
            throw gone();
        } catch (JsonFault e) {
            throw strange(e);
        }
    }

    private byte[] answer(long id) throws IOException {
        // Nothing else is under way, and a client that has not subscribed is told nothing.
        assert id == calls;
        return lines.read();
    }

    /**
     * Begins to watch these tasks: {@link #next} gives their state now, and then each newer one.
     * Once in a connection's life; nothing else can be asked afterwards.
     */
    public void watch(TaskFilter filter) throws SupervisorFailure {
        try {
            beginWatch(filter);
        } catch (IOException e) {
            throw gone();
        }
    }

    /**
     * Waits for the next state of what is watched. States in between may be left out, the last one
     * never is.
     *
     * @throws SupervisorFailure where the supervisor went away: connect and watch again
     */
    public Snapshot next() throws SupervisorFailure {
        return next(Long.MAX_VALUE).orElseThrow(this::gone);
    }

    /**
     * As {@link #next()}, for a limited time.
     *
     * @param limit zero: does not wait
     * @return empty where nothing came in time
     */
    public Optional<Snapshot> next(Duration limit) throws SupervisorFailure {
        return next(Math.max(0, limit.toNanos()));
    }

    private Optional<Snapshot> next(long nanos) throws SupervisorFailure {
        long deadline = System.nanoTime() + nanos;
        boolean limited = nanos != Long.MAX_VALUE;
        try {
            while (true) {
                long left = limited ? Math.max(0, deadline - System.nanoTime()) : Long.MAX_VALUE;
                byte[] line = lines.read(left);
                if (line == null) {
                    return Optional.empty();
                }
                if (heard(line) instanceof Heard.State(Snapshot state)) {
                    return Optional.of(state);
                }
            }
        } catch (IOException e) {
            throw gone();
        }
    }

    void beginWatch(TaskFilter filter) throws IOException {
        lines.write(
                ClientText.request(WATCH, Protocol.SUBSCRIBE, to -> ClientText.write(to, filter)));
    }

    /** Sends a request; by any one thread. */
    void send(long id, Request request) throws IOException {
        lines.write(ClientText.request(id, request));
    }

    /** Waits for what the supervisor says next. */
    Heard receive() throws IOException, SupervisorFailure {
        return heard(lines.read());
    }

    private Heard heard(byte[] line) throws SupervisorFailure {
        try {
            JsonMembers message = ClientText.read(line);
            @Nullable Snapshot state = null;
            if (message.has("method")) {
                if (message.object("params").flag(Protocol.ENDING, false)) {
                    return new Heard.Ending();
                }
                state = mirror.take(message.object("params"));
            } else if (message.whole("id", -1) == WATCH) {
                ClientText.resultOf(message);
            } else {
                return new Heard.Answer(message.whole("id"), ClientText.reply(message));
            }
            return state == null ? new Heard.Part() : new Heard.State(state);
        } catch (JsonFault e) {
            throw strange(e);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
