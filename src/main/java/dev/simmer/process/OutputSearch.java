package dev.simmer.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks for a pattern in what a task has printed. */
final class OutputSearch {
    private static final int END_BYTES = 1 << 20;

    /** CSI, OSC and other sequences (ECMA-48), as far as they keep a pattern from matching. */
    private static final Pattern ESCAPES =
            Pattern.compile(
                    "\\x1b\\[[0-?]*[ -/]*[@-~]|\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?"
                            + "|\\x1b[ -/]*[0-~]|[\\x00-\\x08\\x0b-\\x0c\\x0e-\\x1f\\x7f]");

    private OutputSearch() {}

    /** Whether one of the file's last lines matches; false where it cannot be read. */
    static boolean endMatches(Path log, Pattern pattern) {
        try (FileChannel channel =
                FileChannel.open(log, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long size = channel.size();
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(size, END_BYTES));
            long from = size - end.capacity();
            int got = 0;
            while (got >= 0 && end.hasRemaining()) {
                got = channel.read(end, from + end.position());
            }
            return anyLineMatches(end.array(), 0, end.position(), pattern);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether one of the lines matches; what follows the last end of line is a line too. */
    static boolean anyLineMatches(byte[] bytes, int from, int to, Pattern pattern) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == '\n') {
                if (i > start && lineMatches(bytes, start, i, pattern)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    static boolean lineMatches(byte[] bytes, int from, int to, Pattern pattern) {
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        String plain = line.indexOf('\u001b') < 0 ? line : ESCAPES.matcher(line).replaceAll("");
        return pattern.matcher(plain).find();
    }
}
