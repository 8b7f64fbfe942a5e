package dev.simmer.agent;

import dev.simmer.agent.stream.TranscriptLine;
import dev.simmer.logs.TerminalText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent's transcript on disk, coloured by SGR sequences, the agent's own text cleaned. The same
 * output always makes the same transcript: what an engine before this one has written of it is
 * passed over by its length, wherever that ends. For one thread at a time.
 */
final class TranscriptFile implements AutoCloseable {
    /** Lines that are kept for a report. */
    private static final int KEPT = 1_000;

    /** Characters of these lines together. */
    private static final int KEPT_CHARS = 64 << 10;

    private final Deque<String> last = new ArrayDeque<>();
    private int lastChars;
    private final @Nullable FileChannel channel;

    /** Bytes that are there already. */
    private long there;

    private Optional<String> fault = Optional.empty();

    private TranscriptFile(@Nullable FileChannel channel, long there) {
        this.channel = channel;
        this.there = there;
    }

    /** Opens one that {@link #clear} has made, and that may hold something already. */
    static TranscriptFile open(Path path) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            path,
                            Set.of(
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.APPEND,
                                    LinkOption.NOFOLLOW_LINKS));
            return new TranscriptFile(channel, channel.size());
        } catch (IOException e) {
            TranscriptFile none = new TranscriptFile(null, 0);
            none.fault = Optional.of("there is no transcript: " + e.getMessage());
            return none;
        }
    }

    /** Makes an empty one. */
    static void clear(Path path) throws IOException {
        try (FileChannel file =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            FileChannel _ = file.truncate(0);
        }
    }

    /** Appends lines; what cannot be written is kept for the report all the same. */
    void add(List<TranscriptLine> lines) {
        StringBuilder text = new StringBuilder();
        for (TranscriptLine each : lines) {
            String plain = TerminalText.plain(each.text());
            last.addLast(plain);
            lastChars += plain.length();
            while (last.size() > KEPT || lastChars > KEPT_CHARS) {
                lastChars -= last.removeFirst().length();
            }
            String colour = colour(each.sort());
            text.append(colour).append(plain).append(colour.isEmpty() ? "\n" : "\u001b[0m\n");
        }
        try {
            write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            fault = Optional.of("its transcript is not whole: " + e.getMessage());
        }
    }

    private void write(byte[] bytes) throws IOException {
        int from = (int) Math.min(there, bytes.length);
        there -= from;
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, bytes.length - from);
        while (channel != null && rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private static String colour(TranscriptLine.Sort sort) {
        return switch (sort) {
            case SAID -> "";
            case TOOL -> "\u001b[36m";
            case TOOL_FAILED, END_FAILED -> "\u001b[31m";
            case RETRY, DENIED -> "\u001b[33m";
            case NOTICE, RAW -> "\u001b[90m";
            case END -> "\u001b[32m";
        };
    }

    /** The last lines without colours, oldest first. */
    List<String> lastLines() {
        return List.copyOf(last);
    }

    /** What went wrong in writing it; empty where nothing did. */
    Optional<String> fault() {
        return fault;
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            fault = Optional.of("its transcript is not whole: " + e.getMessage());
        }
    }
}
