package dev.simmer.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Paths and words as the kernel takes them. */
final class PathBytes {
    private PathBytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The path's own bytes. A path that was listed may hold bytes that no character stands for; its
     * URI still has each of them.
     */
    static byte[] of(Path path) {
        String text = path.toString();
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            plain = text.charAt(i) < 0x80;
        }
        return plain ? text.getBytes(StandardCharsets.ISO_8859_1) : decode(path);
    }

    static byte[] of(Path folder, String name) {
        byte[] front = of(folder);
        byte[] joined = new byte[front.length + 1 + name.length()];
        System.arraycopy(front, 0, joined, 0, front.length);
        joined[front.length] = '/';
        for (int i = 0; i < name.length(); i++) {
            joined[front.length + 1 + i] = (byte) name.charAt(i);
        }
        return joined;
    }

    private static byte[] decode(Path path) {
        String raw = path.toUri().getRawPath();
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) Integer.parseInt(raw, i + 1, i + 3, 16);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        int end = length > 1 && bytes[length - 1] == '/' ? length - 1 : length;
        return Arrays.copyOf(bytes, end);
    }
}
