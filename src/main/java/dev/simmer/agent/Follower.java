package dev.simmer.agent;

import dev.simmer.agent.stream.AgentEvent;
import dev.simmer.agent.stream.StreamReader;
import dev.simmer.agent.stream.Tally;
import dev.simmer.agent.stream.Transcript;
import dev.simmer.logs.LogFollower;
import dev.simmer.model.ByteSize;
import dev.simmer.model.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Reads an agent's output from its start and further as it grows: sums it up and writes it down as
 * a transcript. For one thread at a time.
 */
final class Follower implements AutoCloseable {
    private static final long MOST_AT_ONCE = 4L << 20;

    /** Of a line that is not whole yet so much is kept; a longer one is read again at its end. */
    private static final int KEPT_BYTES = 64 << 10;

    private final Path output;
    private final LogFollower log;
    private final StreamReader reader;
    private final Transcript transcript = new Transcript();
    private final TranscriptFile file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Where the line that is not whole yet begins in the file, and what there is of it. */
    private long lineAt;

    private long lineBytes;
    private Tally tally = Tally.NONE;
    private Optional<AgentEvent.Started> started = Optional.empty();
    private Optional<String> fault = Optional.empty();

    /**
     * @param runner the program's word
     */
    Follower(Path output, String runner, TranscriptFile file) {
        this.output = output;
        this.log = new LogFollower(output, 0);
        this.reader = StreamReader.of(runner);
        this.file = file;
    }

    /** One for an output that is not to be looked at. */
    static Follower blind(String runner, TranscriptFile file, String why) {
        // There is no such file; the follower of a log waits for it.
        Follower blind = new Follower(Path.of("/nonexistent/output.log"), runner, file);
        blind.fault = Optional.of(why);
        return blind;
    }

    /** What has been said so far. */
    Tally tally() {
        return tally;
    }

    /** What the program last said about its beginning. */
    Optional<AgentEvent.Started> started() {
        return started;
    }

    /**
     * Reads on, not more than some MiB.
     *
     * @return whether there was something new
     */
    boolean look() {
        try {
            return log.poll(MOST_AT_ONCE, this::piece) > 0;
        } catch (IOException e) {
            fault = Optional.of("its output could not be read: " + e.getMessage());
            return false;
        }
    }

    /** Reads to the end of an output to which nothing is added any more. */
    void finish(ExitStatus status) {
        while (look()) {
            // Until there is no more.
        }
        try {
            log.finish(this::piece);
        } catch (IOException e) {
            fault = Optional.of("its output could not be read: " + e.getMessage());
        }
        take(reader.end(status));
        file.add(transcript.open());
    }

    private void piece(byte[] bytes, int from, int to, boolean ended) throws IOException {
        if (lineBytes == 0) {
            lineAt = log.offsetOf(from);
        }
        lineBytes += to - from;
        if (lineBytes <= KEPT_BYTES) {
            line.write(bytes, from, to - from);
        }
        if (!ended) {
            return;
        }
        if (lineBytes <= KEPT_BYTES) {
            take(reader.read(line.toString(StandardCharsets.UTF_8)));
        } else if (lineBytes <= StreamReader.LONGEST) {
            take(readAgain());
        } else {
            String size = ByteSize.format(lineBytes);
            take(List.of(new AgentEvent.Notice("a line of " + size + " is left out here")));
        }
        line.reset();
        lineBytes = 0;
    }

    /** A long line is not kept while it grows; it stands in the file. */
    private List<AgentEvent> readAgain() throws IOException {
        try (FileChannel file = FileChannel.open(output, StandardOpenOption.READ)) {
            return Gate.LINES.through(() -> {
                ByteBuffer bytes = ByteBuffer.allocate((int) lineBytes);
                try {
                    while (bytes.hasRemaining()
                            && file.read(bytes, lineAt + bytes.position()) >= 0) {
                        // Until all of it is there.
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return reader.read(
                        new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void take(List<AgentEvent> events) {
        for (AgentEvent each : events) {
            if (each instanceof AgentEvent.Started event) {
                started = Optional.of(event);
            }
        }
        tally = tally.with(events);
        file.add(transcript.add(events));
    }

    TranscriptFile transcript() {
        return file;
    }

    /** What went wrong in reading; empty where nothing did. */
    Optional<String> fault() {
        return fault.or(file::fault);
    }

    @Override
    public void close() {
        try (file;
                log) {
            line.reset();
        } catch (IOException e) {
            fault = Optional.of("its output could not be closed: " + e.getMessage());
        }
    }
}
