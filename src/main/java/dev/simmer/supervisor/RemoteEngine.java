package dev.simmer.supervisor;

import dev.simmer.model.Engine;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor's engine, seen from another process.
 *
 * <p>Where the connection is lost the last snapshot is published again with {@link
 * Snapshot#trouble} saying so, and the dialer is asked for another connection until there is one;
 * then it goes on by itself. A supervisor that was asked to end is not started again until somebody
 * asks this engine for something or {@link #wake wakes} it; one that others start is found.
 * Requests that were not answered are refused with words. Snapshots are numbered by this engine, so
 * that their versions go on growing. Listeners are called by this engine's thread, and for the
 * first time by the one that subscribes.
 */
public final class RemoteEngine implements Engine {
    /** How many requests may wait for a connection. */
    static final int MOST_WAITING = 256;

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final String GONE = "the supervisor has gone; starting it again …";
    private static final String STARTS = "starting the supervisor again …";
    private static final Reply CLOSED = new Reply.Refused("Simmer is leaving");
    private static final Reply UNANSWERED =
            new Reply.Refused(
                    "the supervisor went away before it answered; whether it was done shows in the"
                            + " list");

    private final Dialer dialer;
    private final TaskFilter filter;
    private final Object guard = new Object();
    private final Object publishing = new Object();
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Map<Long, Pending> sent = new HashMap<>();
    private @Nullable SupervisorClient link;
    private boolean closed;
    private boolean stopped;
    private long requests;
    private long version;
    private volatile Snapshot newest = Snapshot.EMPTY;

    /** A request that has not been answered. */
    private record Pending(long id, Request request, CompletableFuture<Reply> reply) {}

    /** Makes connections. */
    @FunctionalInterface
    public interface Dialer {
        /**
         * Connects, and may start a supervisor for it; called by the engine's thread, which waits.
         * {@link SupervisorStart#connect} is one.
         */
        SupervisorClient dial() throws SupervisorFailure;

        /** Connects where a supervisor runs, and starts none; empty where none is found. */
        default Optional<SupervisorClient> find() throws SupervisorFailure {
            return Optional.empty();
        }

        /** Dials a home's supervisor. */
        static Dialer of(SupervisorStart start) {
            return new Dialer() {
                @Override
                public SupervisorClient dial() throws SupervisorFailure {
                    return start.connect();
                }

                @Override
                public Optional<SupervisorClient> find() throws SupervisorFailure {
                    return start.find();
                }
            };
        }
    }

    /**
     * Begins to connect, and returns at once: until there is a connection the snapshot is {@link
     * Snapshot#EMPTY}, and requests wait.
     *
     * @param filter which tasks the snapshots have
     */
    public RemoteEngine(Dialer dialer, TaskFilter filter) {
        this.dialer = dialer;
        this.filter = filter;
        Thread.ofPlatform().daemon().name("simmer-remote").start(this::stayConnected);
        Thread.ofPlatform().daemon().name("simmer-remote-asks").start(this::writeRequests);
    }

    @Override
    public Snapshot snapshot() {
        return newest;
    }

    @Override
    public Subscription subscribe(Consumer<Snapshot> listener) {
        synchronized (publishing) {
            listeners.add(listener);
            listener.accept(newest);
        }
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Reply> submit(Request request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        synchronized (guard) {
            if (closed) {
                reply.complete(CLOSED);
            } else if (stopped && request instanceof Request.Explain) {
                // It is asked again and again while its answer is shown.
                reply.complete(new Reply.Refused(Snapshot.STOPPED));
            } else if (waiting.size() >= MOST_WAITING) {
                reply.complete(
                        new Reply.Refused(
                                "the supervisor does not take more requests now; try it again"));
            } else {
                waiting.add(new Pending(++requests, request, reply));
                stopped = false;
                guard.notifyAll();
            }
        }
        return reply;
    }

    @Override
    public void wake() {
        synchronized (guard) {
            stopped = false;
            guard.notifyAll();
        }
    }

    private void stayConnected() {
        int failures = 0;
        while (!isClosed()) {
            try {
                Optional<SupervisorClient> client =
                        isStopped() ? await() : Optional.of(dialer.dial());
                if (client.isPresent()) {
                    failures = 0;
                    serve(client.get());
                    publishTrouble(isStopped() ? Snapshot.STOPPED : GONE);
                }
            } catch (SupervisorFailure e) {
                publishTrouble(e.words());
                refuseWaiting(e.words());
                pause(failures++);
            } catch (RuntimeException e) {
                publishTrouble("cannot connect to the supervisor: " + e);
                refuseWaiting("cannot connect to the supervisor: " + e);
                pause(failures++);
            }
        }
    }

    /** Waits until somebody else has started a supervisor; empty where one is to be started. */
    private Optional<SupervisorClient> await() {
        while (isStopped() && !isClosed()) {
            try {
                Optional<SupervisorClient> found = dialer.find();
                if (found.isPresent()) {
                    return found;
                }
            } catch (SupervisorFailure e) {
                // Another one may come.
            }
            pause(2);
        }
        publishTrouble(STARTS);
        return Optional.empty();
    }

    private boolean isStopped() {
        synchronized (guard) {
            return stopped;
        }
    }

    private void setStopped(boolean is) {
        synchronized (guard) {
            stopped = is;
        }
    }

    private boolean isClosed() {
        synchronized (guard) {
            return closed;
        }
    }

    /** Reads until the connection ends. */
    private void serve(SupervisorClient client) {
        try (client) {
            client.beginWatch(filter);
            synchronized (guard) {
                if (closed) {
                    return;
                }
                link = client;
                guard.notifyAll();
            }
            while (true) {
                switch (client.receive()) {
                    case Heard.State(Snapshot state) -> {
                        setStopped(false);
                        publish(state);
                    }
                    case Heard.Ending() -> setStopped(true);
                    case Heard.Answer(long id, Reply reply) -> answer(id, reply);
                    case Heard.Part() -> {}
                }
            }
        } catch (IOException | SupervisorFailure e) {
            // Whatever it was, the connection is of no use any more.
        } finally {
            loseLink();
        }
    }

    private void loseLink() {
        List<Pending> unanswered;
        synchronized (guard) {
            link = null;
            unanswered = new ArrayList<>(sent.values());
            sent.clear();
        }
        unanswered.forEach(each -> each.reply().complete(UNANSWERED));
    }

    private void answer(long id, Reply reply) {
        Pending asked;
        synchronized (guard) {
            asked = sent.remove(id);
        }
        if (asked != null) {
            asked.reply().complete(reply);
        }
    }

    private void refuseWaiting(String why) {
        List<Pending> refused;
        synchronized (guard) {
            refused = new ArrayList<>(waiting);
            waiting.clear();
        }
        refused.forEach(each -> each.reply().complete(new Reply.Refused(why)));
    }

    private void pause(int failures) {
        long millis = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        long deadline = System.nanoTime() + millis * 1_000_000;
        synchronized (guard) {
            boolean was = stopped;
            try {
                for (long left = millis; left > 0 && !closed && stopped == was; ) {
                    guard.wait(left);
                    left = (deadline - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    private void publish(Snapshot state) {
        synchronized (publishing) {
            newest =
                    new Snapshot(
                            ++version,
                            state.at(),
                            state.host(),
                            state.tasks(),
                            state.workspaces(),
                            state.trouble());
            for (Consumer<Snapshot> each : listeners) {
                each.accept(newest);
            }
        }
    }

    private void publishTrouble(String words) {
        if (isClosed()) {
            return;
        }
        Snapshot last = newest;
        publish(
                new Snapshot(
                        0,
                        last.at(),
                        last.host(),
                        last.tasks(),
                        last.workspaces(),
                        Optional.of(words)));
    }

    private void writeRequests() {
        while (true) {
            SupervisorClient to;
            Pending next;
            synchronized (guard) {
                while (!closed && (link == null || waiting.isEmpty())) {
                    try {
                        guard.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed || link == null) {
                    return;
                }
                to = link;
                next = waiting.remove();
                sent.put(next.id(), next);
            }
            try {
                to.send(next.id(), next.request());
            } catch (IOException e) {
                // The reading thread sees the end of the connection too.
                to.close();
            }
        }
    }

    @Override
    public void close() {
        SupervisorClient open;
        synchronized (guard) {
            closed = true;
            open = link;
            guard.notifyAll();
        }
        if (open != null) {
            open.close();
        }
        loseLink();
        List<Pending> unsent;
        synchronized (guard) {
            unsent = new ArrayList<>(waiting);
            waiting.clear();
        }
        unsent.forEach(each -> each.reply().complete(CLOSED));
    }
}
