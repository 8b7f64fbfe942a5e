package dev.simmer.agent.report;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a file's front matter stands: the lines between a first line {@code ---} and the first
 * {@code ---} or {@code ...} after it. Only these are decoded (UTF-8); what stands around them is
 * bytes and stays so.
 *
 * <p>Of a file that is YAML as a whole it is all of it, without fences.
 *
 * @param from the first byte after the opening fence's line
 * @param to the first byte of the closing fence's line
 * @param after the first byte after the closing fence's line
 * @param text what stands between, with its last line break
 * @param lineEnd of the opening fence: {@code \n} or {@code \r\n}
 */
record FrontMatter(int from, int to, int after, String text, String lineEnd) {
    /** A front matter that is longer is not looked at: 1 MiB. */
    static final int MAX_BYTES = 1 << 20;

    /**
     * Finds it.
     *
     * @return empty where the file does not begin with a fence
     * @throws YamlFault where the closing fence is missing, or the text is too long or not UTF-8
     */
    static Optional<FrontMatter> find(byte[] file) throws YamlFault {
        int begin = markLength(file);
        int firstEnd = lineEnd(file, begin);
        if (!fence(file, begin, firstEnd, false) || firstEnd == file.length) {
            return Optional.empty();
        }
        int from = firstEnd + 1;
        for (int line = from; line < file.length; ) {
            int end = lineEnd(file, line);
            int next = Math.min(end + 1, file.length);
            if (fence(file, line, end, true)) {
                String lineEnd = file[firstEnd - 1] == '\r' ? "\r\n" : "\n";
                return Optional.of(
                        new FrontMatter(from, line, next, decode(file, from, line), lineEnd));
            }
            line = next;
            if (line - from > MAX_BYTES) {
                throw new YamlFault("the front matter is longer than 1 MiB", Optional.empty());
            }
        }
        throw new YamlFault(
                "the front matter that begins in line 1 has no closing line ---", Optional.empty());
    }

    /**
     * A file that is YAML as a whole.
     *
     * @throws YamlFault where it is too long or not UTF-8
     */
    static FrontMatter whole(byte[] file) throws YamlFault {
        int begin = markLength(file);
        if (file.length - begin > MAX_BYTES) {
            throw new YamlFault("it is longer than 1 MiB", Optional.empty());
        }
        String text = decode(file, begin, file.length);
        return new FrontMatter(begin, file.length, file.length, text, lineEndOf(file));
    }

    /** The length of a byte order mark at the beginning, 0 where there is none. */
    static int markLength(byte[] file) {
        boolean marked =
                file.length >= 3
                        && file[0] == (byte) 0xEF
                        && file[1] == (byte) 0xBB
                        && file[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    /** The line end that the file's first line has. */
    static String lineEndOf(byte[] file) {
        int end = lineEnd(file, 0);
        return end > 0 && end < file.length && file[end - 1] == '\r' ? "\r\n" : "\n";
    }

    /** The file with another text between the fences, every other byte the same. */
    byte[] with(byte[] file, String other) {
        return joined(file, from, to, other);
    }

    /** The file with the bytes from {@code from} to {@code to} replaced. */
    static byte[] joined(byte[] file, int from, int to, String text) {
        byte[] middle = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(file.length - (to - from) + middle.length)
                .put(file, 0, from)
                .put(middle)
                .put(file, to, file.length - to)
                .array();
    }

    private static int lineEnd(byte[] file, int from) {
        int end = from;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean fence(byte[] file, int from, int to, boolean closing) {
        int end = to;
        while (end > from
                && (file[end - 1] == '\r' || file[end - 1] == ' ' || file[end - 1] == '\t')) {
            end--;
        }
        if (end - from != 3) {
            return false;
        }
        byte first = file[from];
        return (first == '-' || (closing && first == '.'))
                && file[from + 1] == first
                && file[from + 2] == first;
    }

    private static String decode(byte[] file, int from, int to) throws YamlFault {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new YamlFault("the front matter is not UTF-8", Optional.empty());
        }
    }
}
