package dev.simmer.supervisor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what arrives on one connection into lines. Holds nothing while nothing has arrived in part.
 * A line that is too long is dropped as it arrives. For one thread.
 */
final class Incoming {
    /** How much may be fed at once. */
    static final int MOST_AT_ONCE = 8 << 10;

    /**
     * What a connection may hold whatever the others do: so a message of ordinary length gets in
     * while others send long ones.
     */
    static final int ALLOWANCE = 2 * MOST_AT_ONCE;

    private static final int FIRST_CAPACITY = 4 << 10;
    private static final byte[] NONE = {};

    private final int longest;
    private final Budget budget;
    private byte[] held = NONE;
    private int start;
    private int end;
    private int looked;
    private boolean dropping;
    private Piece trouble = Piece.NONE;

    /** What all connections of a server hold beyond their allowances. */
    static final class Budget {
        private final long most;
        private long used;

        Budget(long most) {
            this.most = most;
        }

        boolean take(long bytes) {
            if (used + bytes > most) {
                return false;
            }
            used += bytes;
            return true;
        }

        void give(long bytes) {
            used -= bytes;
        }
    }

    /** What {@link #next} found. */
    enum Piece {
        /** No whole line has arrived. */
        NONE,
        /** A line; {@link #line} is it. */
        LINE,
        /** A line that is longer than it may be; it is dropped. */
        TOO_LONG,
        /** A line for which there is no room, since others have much under way; it is dropped. */
        NO_ROOM
    }

    private byte @Nullable [] line;

    /**
     * @param longest how many bytes a line may have
     * @param budget what all connections may hold beyond their allowances
     */
    Incoming(int longest, Budget budget) {
        this.longest = longest;
        this.budget = budget;
    }

    /** Takes bytes in; all of them. {@link #next} must have found nothing before. */
    void feed(ByteBuffer bytes) {
        if (dropping && !skipToLineEnd(bytes)) {
            return;
        }
        int size = end - start + bytes.remaining();
        if (size > held.length && !grow(size)) {
            drop(Piece.NO_ROOM);
            skipToLineEnd(bytes);
            if (bytes.hasRemaining()) {
                feed(bytes);
            }
            return;
        }
        if (held.length - end < bytes.remaining()) {
            System.arraycopy(held, start, held, 0, end - start);
            looked -= start;
            end -= start;
            start = 0;
        }
        int count = bytes.remaining();
        bytes.get(held, end, count);
        end += count;
    }

    private boolean skipToLineEnd(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (bytes.get() == '\n') {
                dropping = false;
                return true;
            }
        }
        return false;
    }

    private boolean grow(int size) {
        int doubled = Math.max(FIRST_CAPACITY, Integer.highestOneBit(size - 1) << 1);
        int capacity = Math.max(size, Math.min(doubled, longest + MOST_AT_ONCE));
        if (!budget.take(counted(capacity) - counted(held.length))) {
            return false;
        }
        byte[] larger = new byte[capacity];
        System.arraycopy(held, start, larger, 0, end - start);
        looked -= start;
        end -= start;
        start = 0;
        held = larger;
        return true;
    }

    private static int counted(int capacity) {
        return Math.max(0, capacity - ALLOWANCE);
    }

    /** How many bytes this holds. */
    int heldBytes() {
        return held.length;
    }

    private void drop(Piece why) {
        release();
        dropping = true;
        trouble = why;
    }

    /** Gives back what is held. */
    void release() {
        budget.give(counted(held.length));
        held = NONE;
        start = 0;
        end = 0;
        looked = 0;
    }

    /** Looks for the next line among what has been taken in. */
    Piece next() {
        line = null;
        if (trouble != Piece.NONE) {
            Piece what = trouble;
            trouble = Piece.NONE;
            return what;
        }
        while (looked < end) {
            if (held[looked++] == '\n') {
                int length = looked - 1 - start;
                if (length <= longest) {
                    line = Arrays.copyOfRange(held, start, start + length);
                }
                start = looked;
                if (start == end) {
                    release();
                }
                return length <= longest ? Piece.LINE : Piece.TOO_LONG;
            }
        }
        if (end - start > longest) {
            drop(Piece.NONE);
            return Piece.TOO_LONG;
        }
        if (start == end) {
            release();
        }
        return Piece.NONE;
    }

    /** The line that {@link #next} found last, without its end. */
    byte[] line() {
        return java.util.Objects.requireNonNull(line);
    }
}
