package dev.simmer.supervisor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client as the server sees it: what has arrived in part, what is to leave, and what it has
 * subscribed to. For the server's thread alone.
 *
 * <p>Replies are queued, up to limits; states are not: the next one is made when everything before
 * it has left, from what is the newest then.
 */
final class Connection {
    /** As much is written in one go: Java copies it to a buffer that it keeps. */
    private static final int SLICE = 64 << 10;

    /** What a queued message that is not written down yet counts for. */
    private static final int UNWRITTEN = 256;

    private static final int WRITES_IN_A_ROW = 16;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Incoming incoming;
    private final Deque<Outgoing> queue = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new ArrayList<>(1);
    private @Nullable ByteBuffer leaving;
    private @Nullable Outgoing going;
    private long subscriptionsMade;
    private int asked;
    private int queuedBytes;
    private int turn;
    private long progressAt = System.nanoTime();
    private boolean lastWords;

    /** A message that is written down piece by piece, when its turn comes. */
    interface Outgoing {
        /** The next piece; null after the last. */
        byte @Nullable [] next();

        /** How many bytes it holds now. */
        default int holds() {
            return UNWRITTEN;
        }
    }

    /** A message that is written down already. */
    private static final class Ready implements Outgoing {
        private final byte[] bytes;
        private boolean taken;

        Ready(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte @Nullable [] next() {
            if (taken) {
                return null;
            }
            taken = true;
            return bytes;
        }

        @Override
        public int holds() {
            return bytes.length + UNWRITTEN;
        }
    }

    /** Makes the messages of subscriptions. */
    interface Teller {
        /** The next message of a subscription; null where everything has been told. */
        byte @Nullable [] tell(Subscription subscription);
    }

    Connection(SocketChannel channel, SelectionKey key, Incoming incoming) {
        this.channel = channel;
        this.key = key;
        this.incoming = incoming;
    }

    Incoming incoming() {
        return incoming;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    Subscription subscribe(TaskFilter filter) {
        Subscription made = new Subscription(++subscriptionsMade, filter);
        subscriptions.add(made);
        return made;
    }

    /** Requests that the engine has not answered yet. */
    int asked() {
        return asked;
    }

    void asks() {
        asked++;
    }

    void answered() {
        asked--;
    }

    /** Replies that have not begun to leave. */
    int queued() {
        return queue.size();
    }

    /** Bytes of replies that have not begun to leave. */
    int queuedBytes() {
        return queuedBytes;
    }

    /** Bytes that wait to leave. */
    int outgoingBytes() {
        return queuedBytes + (leaving == null ? 0 : leaving.remaining());
    }

    /** When something last left, by System.nanoTime(). */
    long progressAt() {
        return progressAt;
    }

    void send(byte[] message) {
        send(new Ready(message));
    }

    void send(Outgoing message) {
        if (outgoingBytes() == 0) {
            progressAt = System.nanoTime();
        }
        queue.add(message);
        queuedBytes += message.holds();
    }

    /** Nothing more is read; what waits leaves, and then the connection ends. */
    void endAfterLastWords() {
        lastWords = true;
        subscriptions.clear();
        incoming.release();
        wants();
    }

    boolean ending() {
        return lastWords;
    }

    /**
     * Reads what there is, at most as much as fits.
     *
     * @return whether the client may send more
     */
    boolean read(ByteBuffer into) throws IOException {
        into.clear();
        int count = channel.read(into);
        into.flip();
        if (count > 0) {
            incoming.feed(into);
        }
        return count >= 0;
    }

    /**
     * Writes what can leave without waiting.
     *
     * @return whether the connection goes on
     */
    boolean write(Teller teller) throws IOException {
        for (int i = 0; i < WRITES_IN_A_ROW; i++) {
            ByteBuffer piece = piece(teller);
            if (piece == null) {
                wants();
                return !lastWords;
            }
            int end = piece.limit();
            piece.limit(Math.min(end, piece.position() + SLICE));
            int count = channel.write(piece);
            boolean stuck = piece.hasRemaining();
            piece.limit(end);
            if (count > 0) {
                progressAt = System.nanoTime();
            }
            if (stuck) {
                break;
            }
        }
        wants();
        return true;
    }

    private @Nullable ByteBuffer piece(Teller teller) {
        if (leaving != null && leaving.hasRemaining()) {
            return leaving;
        }
        leaving = null;
        byte[] next = nextBytes(teller);
        if (next != null) {
            leaving = ByteBuffer.wrap(next);
        }
        return leaving;
    }

    private byte @Nullable [] nextBytes(Teller teller) {
        while (true) {
            if (going == null) {
                going = queue.poll();
                if (going == null) {
                    return nextState(teller);
                }
                queuedBytes -= going.holds();
            }
            byte[] next = going.next();
            if (next != null) {
                return next;
            }
            going = null;
        }
    }

    /** The subscriptions take turns. */
    private byte @Nullable [] nextState(Teller teller) {
        for (int i = 0; i < subscriptions.size(); i++) {
            turn = (turn + 1) % subscriptions.size();
            byte[] next = teller.tell(subscriptions.get(turn));
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    /** Whether something waits to leave. */
    boolean writes() {
        return leaving != null || going != null || !queue.isEmpty();
    }

    private void wants() {
        if (key.isValid()) {
            int operations =
                    (lastWords ? 0 : SelectionKey.OP_READ) | (writes() ? SelectionKey.OP_WRITE : 0);
            key.interestOps(operations);
        }
    }

    void close() {
        incoming.release();
        subscriptions.clear();
        queue.clear();
        queuedBytes = 0;
        leaving = null;
        going = null;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
