package dev.simmer.cli;

import dev.simmer.logs.LogFollower;
import dev.simmer.model.AttemptView;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Copies a task's output from its logs, attempt after attempt, as it grows. For one thread. */
final class TaskOutput implements AutoCloseable {
    /** How much is copied before somebody may look whether to go on. */
    private static final long AT_ONCE = 8L << 20;

    private final LineOutput out;
    private final boolean raw;
    private int number;
    private long offset;
    private @Nullable LogFollower follower;

    /**
     * @param number the first attempt that is copied
     * @param offset where in it to begin, in bytes
     */
    TaskOutput(LineOutput out, int number, long offset) {
        this(out, number, offset, false);
    }

    /**
     * The same.
     *
     * @param raw whether an agent's output is copied, rather than its transcript
     */
    TaskOutput(LineOutput out, int number, long offset, boolean raw) {
        this.out = out;
        this.raw = raw;
        this.number = number;
        this.offset = offset;
    }

    /** Copies what is there of the attempts that have ended, in full, and of one that runs. */
    boolean copy(TaskView task) throws IOException {
        boolean moved = false;
        for (AttemptView attempt : task.attempts()) {
            if (attempt.number() < number) {
                continue;
            }
            moved |= copy(attempt);
            if (attempt.outcome().isEmpty()) {
                break;
            }
        }
        out.flush();
        return moved;
    }

    /** Copies what is there of an attempt; all of it where it has ended. */
    private boolean copy(AttemptView attempt) throws IOException {
        Path log = raw ? attempt.log() : attempt.shown();
        if (attempt.number() != number) {
            close();
            number = attempt.number();
            offset = 0;
        }
        LogFollower reading = follower;
        if (reading == null) {
            reading = new LogFollower(log, offset);
            follower = reading;
        }
        out.attempt(number);
        boolean ended = attempt.outcome().isPresent();
        long total = 0;
        long got;
        do {
            got = reading.poll(AT_ONCE, out);
            total += got;
        } while (got > 0 && (ended || total < AT_ONCE));
        if (ended) {
            if (endsOpen(log)) {
                out.lastLine();
            }
            reading.finish(out);
            close();
            number++;
            offset = 0;
        }
        return total > 0;
    }

    private static boolean endsOpen(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            if (channel.size() == 0) {
                return false;
            }
            var last = java.nio.ByteBuffer.allocate(1);
            channel.position(channel.size() - 1).read(last);
            return last.get(0) != '\n';
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        LogFollower open = follower;
        follower = null;
        if (open != null) {
            open.close();
        }
    }
}
