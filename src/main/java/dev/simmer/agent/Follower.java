package dev.simmer.agent;

import dev.simmer.agent.stream.AgentEvent;
import dev.simmer.agent.stream.StreamReader;
import dev.simmer.agent.stream.Tally;
import dev.simmer.agent.stream.Transcript;
import dev.simmer.logs.LogFollower;
import dev.simmer.model.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads an agent's output from its start and further as it grows: sums it up and writes it down as
 * a transcript. For one thread at a time.
 */
final class Follower implements AutoCloseable {
    private static final long MOST_AT_ONCE = 4L << 20;

    private final LogFollower log;
    private final StreamReader reader;
    private final Transcript transcript = new Transcript();
    private final TranscriptFile file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Tally tally = Tally.NONE;
    private Optional<AgentEvent.Started> started = Optional.empty();
    private Optional<String> fault = Optional.empty();

    /**
     * @param runner the program's word
     */
    Follower(Path output, String runner, TranscriptFile file) {
        this.log = new LogFollower(output, 0);
        this.reader = StreamReader.of(runner);
        this.file = file;
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

    private void piece(byte[] bytes, int from, int to, boolean ended) {
        // One more than is looked into tells that it is too long.
        int room = StreamReader.LONGEST + 1 - line.size();
        line.write(bytes, from, Math.min(room, to - from));
        if (ended) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            take(reader.read(text));
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
