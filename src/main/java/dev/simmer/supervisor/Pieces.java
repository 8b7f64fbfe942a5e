package dev.simmer.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. For one thread. */
final class Pieces {
    private byte[] bytes;
    private int length;

    Pieces(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    Pieces add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    Pieces add(byte one) {
        return add(new byte[] {one});
    }

    Pieces add(byte[] more) {
        if (bytes.length - length < more.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** What has been added. */
    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
