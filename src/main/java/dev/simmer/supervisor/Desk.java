package dev.simmer.supervisor;

import dev.simmer.json.JsonObject;
import dev.simmer.json.JsonValue;
import dev.simmer.json.RequestJson;
import dev.simmer.model.Engine;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the messages of clients, and what they are told of the engine. For the server's
 * thread, except where said.
 */
final class Desk {
    /** How long a message with changes may get, in bytes, before another is begun. */
    static final int PART_BYTES = 16 << 10;

    /** How much is kept of what tasks look like on the wire, for the next client to be told. */
    private static final int KEPT_BYTES = 512 << 10;

    private final SupervisorFiles files;
    private final Engine engine;
    private final ServerSetup setup;
    private final Consumer<Runnable> post;
    private final Supplier<int[]> counts;
    private final ExecutorService asking;
    private final Call.Reading reading;
    private final long startedAt = System.nanoTime();
    private final ChangeBook book = new ChangeBook();
    private final IdentityHashMap<TaskView, byte[]> written = new IdentityHashMap<>();
    private final List<Held> held = new ArrayList<>();
    private final Set<Connection> touched = new LinkedHashSet<>();
    private int writtenBytes;
    private boolean news;
    private boolean goesOn;
    private boolean endAsked;

    /** A reply that is held back until the snapshot knows the tasks that it names. */
    private record Held(
            Connection to, @Nullable JsonValue id, Reply.Accepted reply, long version) {}

    /**
     * @param post has the server's thread do something; safe for all threads
     * @param counts how many clients and subscriptions there are
     */
    Desk(
            SupervisorFiles files,
            Engine engine,
            ServerSetup setup,
            Consumer<Runnable> post,
            Supplier<int[]> counts) {
        this.files = files;
        this.engine = engine;
        this.setup = setup;
        this.post = post;
        this.counts = counts;
        this.reading = new Call.Reading(setup.limits().messageBytes());
        this.asking =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("simmer-supervisor-asks").factory());
    }

    /** Handles one message. */
    void handle(Connection from, byte[] line) {
        Call call = reading.read(line);
        switch (call) {
            case Call.Nothing() -> {}
            case Call.Wrong(var id, Fault fault, String words) -> refuse(from, id, fault, words);
            case Call.Right(var id, Asked asked) -> act(from, id, asked);
        }
    }

    private void act(Connection from, @Nullable JsonValue id, Asked asked) {
        switch (asked) {
            case Asked.Greeting _ -> reply(from, id, result -> ServerText.write(result, hello()));
            case Asked.Look(TaskFilter filter) -> {
                look();
                if (id != null) {
                    from.send(new SnapshotReply(id, filter, book, this::encode));
                }
            }
            case Asked.Subscribe(TaskFilter filter) -> subscribe(from, id, filter);
            case Asked.Unsubscribe(long number) -> unsubscribe(from, id, number);
            case Asked.Act(Request request) -> ask(from, id, request);
            case Asked.Status() -> status(from, id);
            case Asked.Shutdown() -> {
                reply(from, id, ServerText::nothing);
                endAsked = true;
            }
        }
    }

    private static void reply(Connection to, @Nullable JsonValue id, Consumer<JsonObject> result) {
        if (id != null) {
            to.send(ServerText.result(id, result));
        }
    }

    private static void refuse(Connection to, @Nullable JsonValue id, Fault fault, String words) {
        if (id != null) {
            to.send(ServerText.error(id, fault, words));
        }
    }

    private Hello hello() {
        return new Hello(
                setup.version(), Protocol.VERSION, ProcessHandle.current().pid(), files.home());
    }

    private void subscribe(Connection from, @Nullable JsonValue id, TaskFilter filter) {
        if (from.subscriptions().size() >= setup.limits().subscriptions()) {
            refuse(
                    from,
                    id,
                    Fault.LIMIT,
                    "this client has " + from.subscriptions().size() + " subscriptions already");
            return;
        }
        look();
        reply(from, id, subscribed(from.subscribe(filter)));
    }

    private static Consumer<JsonObject> subscribed(Subscription made) {
        return result -> result.put("subscription", made.id());
    }

    private static void unsubscribe(Connection from, @Nullable JsonValue id, long number) {
        if (from.subscriptions().removeIf(each -> each.id() == number)) {
            reply(from, id, ServerText::nothing);
        } else {
            refuse(from, id, Fault.WRONG_PARAMETERS, "this client has no subscription " + number);
        }
    }

    private void ask(Connection from, @Nullable JsonValue id, Request request) {
        if (tooMuch(from, id)) {
            return;
        }
        from.asks();
        try {
            asking.execute(() -> submit(from, id, request));
        } catch (RejectedExecutionException e) {
            from.answered();
            refuse(from, id, Fault.ENDING, "the supervisor is ending");
        }
    }

    private boolean tooMuch(Connection from, @Nullable JsonValue id) {
        if (from.asked() < setup.limits().requests()) {
            return false;
        }
        refuse(
                from,
                id,
                Fault.LIMIT,
                "this client has "
                        + from.asked()
                        + " requests that are not answered yet; wait for an answer first");
        return true;
    }

    /** By a thread of its own. */
    private void submit(Connection from, @Nullable JsonValue id, Request request) {
        try {
            var _ =
                    engine.submit(request)
                            .whenComplete((reply, failure) ->
                                    post.accept(() -> answered(from, id, request, reply, failure)));
        } catch (RuntimeException e) {
            post.accept(() -> answered(from, id, request, null, e));
        }
    }

    private void answered(
            Connection to,
            @Nullable JsonValue id,
            Request request,
            @Nullable Reply reply,
            @Nullable Throwable failure) {
        to.answered();
        touched.add(to);
        switch (reply) {
            case null -> {
                System.err.println("simmer: the engine failed at a request: " + failure);
                refuse(to, id, Fault.INTERNAL, "the engine failed: " + failure);
            }
            case Reply.Refused(String why) -> refuse(to, id, Fault.REFUSED, why);
            case Reply.Explained explained ->
                    reply(to, id, result -> RequestJson.write(result, explained));
            case Reply.Accepted accepted -> {
                Snapshot now = engine.snapshot();
                if (request instanceof Request.Spawn && !knows(now, accepted)) {
                    held.add(new Held(to, id, accepted, now.version()));
                } else {
                    reply(to, id, result -> ServerText.write(result, accepted));
                }
            }
        }
    }

    private static boolean knows(Snapshot snapshot, Reply.Accepted reply) {
        for (TaskId id : reply.ids()) {
            if (snapshot.task(id).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Who has asked for its tasks may look for them. A newer snapshot has them, or they went. */
    private void releaseHeld() {
        if (held.isEmpty()) {
            return;
        }
        Snapshot now = engine.snapshot();
        held.removeIf(each -> {
            if (now.version() == each.version() && !knows(now, each.reply())) {
                return false;
            }
            reply(each.to(), each.id(), result -> ServerText.write(result, each.reply()));
            touched.add(each.to());
            return true;
        });
    }

    private void status(Connection from, @Nullable JsonValue id) {
        if (tooMuch(from, id)) {
            return;
        }
        from.asks();
        look();
        Map<String, Integer> phases = new TreeMap<>();
        for (TaskView task : book.newest().tasks()) {
            phases.merge(task.phase().word(), 1, Integer::sum);
        }
        int[] counted = counts.get();
        Runtime heap = Runtime.getRuntime();
        Thread.startVirtualThread(() -> {
            SupervisorStatus status =
                    new SupervisorStatus(
                            setup.version(),
                            Protocol.VERSION,
                            ProcessHandle.current().pid(),
                            files.home(),
                            Duration.ofNanos(System.nanoTime() - startedAt),
                            ResidentMemory.bytes(),
                            heap.totalMemory() - heap.freeMemory(),
                            heap.maxMemory(),
                            phases,
                            counted[0],
                            counted[1],
                            diskBytes());
            post.accept(() -> {
                from.answered();
                touched.add(from);
                reply(from, id, result -> ServerText.write(result, status));
            });
        });
    }

    private Map<String, Long> diskBytes() {
        try {
            return setup.diskBytes().get();
        } catch (RuntimeException e) {
            System.err.println("simmer: cannot tell the sizes on disk: " + e);
            return Map.of();
        }
    }

    /** Takes the engine's newest snapshot in. */
    void look() {
        if (!book.take(engine.snapshot())) {
            return;
        }
        news = true;
        written.clear();
        writtenBytes = 0;
        goesOn = false;
        for (TaskView task : book.newest().tasks()) {
            if (!task.phase().ended() && !task.dormant()) {
                goesOn = true;
                break;
            }
        }
    }

    /** Whether there is anything new since the last call. */
    boolean takeNews() {
        boolean was = news;
        news = false;
        return was;
    }

    /** Whether a task runs, waits for its turn, or is to be tried again. */
    boolean somethingGoesOn() {
        return goesOn;
    }

    boolean endIsAskedFor() {
        return endAsked;
    }

    /** Connections that something is to leave to. */
    List<Connection> takeTouched() {
        releaseHeld();
        List<Connection> taken = List.copyOf(touched);
        touched.clear();
        return taken;
    }

    /** The next message of a subscription; null where everything has been told. */
    byte @Nullable [] tell(Subscription subscription) {
        Subscription.Part part = subscription.next(book, this::encode, PART_BYTES);
        return part == null ? null : ServerText.changes(part, book.newest());
    }

    private byte[] encode(TaskView task) {
        byte[] known = written.get(task);
        if (known != null) {
            return known;
        }
        byte[] made = ServerText.task(task);
        if (writtenBytes + made.length <= KEPT_BYTES) {
            written.put(task, made);
            writtenBytes += made.length;
        }
        return made;
    }

    void close() {
        asking.shutdown();
        held.clear();
    }
}
