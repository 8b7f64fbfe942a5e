package dev.simmer.scheduler;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The attempt that runs.
 *
 * @param id which
 * @param admittedAt when it was decided to start it
 * @param startedAt when its process was started
 * @param rssBytes what its process tree used when it was last looked at
 * @param peakRssBytes the most that it was seen to use
 * @param alone whether it was let in, or let go on, although its memory does not fit: it is neither
 *     paused nor ended for memory
 * @param leave on whose leave it goes on although memory is short; not saved
 * @param owed signals that were decided on and are not known to have been sent, in their order
 * @param agent how an agent's main process has ended, while others of it have not; not saved
 */
public record Attempt(
        AttemptId id,
        long admittedAt,
        OptionalLong startedAt,
        long rssBytes,
        long peakRssBytes,
        boolean alone,
        Leave leave,
        List<Signal> owed,
        Optional<AgentEnding> agent) {
    public Attempt {
        owed = List.copyOf(owed);
    }

    /** On whose leave an attempt goes on that was paused for memory. */
    public enum Leave {
        /** It never was, or it has gone on as memory had returned. */
        NONE,
        /** Waiting any longer would not have helped. */
        WAITED,
        /** Somebody asked for it. */
        ASKED
    }

    /** One that goes on without leave. */
    public Attempt(
            AttemptId id,
            long admittedAt,
            OptionalLong startedAt,
            long rssBytes,
            long peakRssBytes,
            boolean alone,
            List<Signal> owed) {
        this(
                id,
                admittedAt,
                startedAt,
                rssBytes,
                peakRssBytes,
                alone,
                Leave.NONE,
                owed,
                Optional.empty());
    }

    /** One that is about to be started. */
    static Attempt admitted(AttemptId id, long at, boolean alone) {
        return new Attempt(id, at, OptionalLong.empty(), 0, 0, alone, List.of());
    }

    Attempt started(long at) {
        return new Attempt(
                id,
                admittedAt,
                OptionalLong.of(at),
                rssBytes,
                peakRssBytes,
                alone,
                leave,
                owed,
                agent);
    }

    Attempt using(TreeMemory memory) {
        long peak = Math.max(peakRssBytes, memory.peakBytes());
        return new Attempt(
                id, admittedAt, startedAt, memory.rssBytes(), peak, alone, leave, owed, agent);
    }

    /** The same with what the kernel remembers of its peak. */
    Attempt peakedAt(long bytes) {
        long peak = Math.max(peakRssBytes, bytes);
        return new Attempt(id, admittedAt, startedAt, rssBytes, peak, alone, leave, owed, agent);
    }

    /** The same with a signal more to be sent. */
    Attempt owing(Signal signal) {
        List<Signal> more = new ArrayList<>(owed);
        more.add(signal);
        return new Attempt(
                id, admittedAt, startedAt, rssBytes, peakRssBytes, alone, leave, more, agent);
    }

    /** The same with a signal sent. */
    Attempt paid(Signal signal) {
        List<Signal> less = new ArrayList<>(owed);
        less.remove(signal);
        return new Attempt(
                id, admittedAt, startedAt, rssBytes, peakRssBytes, alone, leave, less, agent);
    }

    /** The same, let go on although memory is short. */
    Attempt regardless(Leave by) {
        return new Attempt(
                id, admittedAt, startedAt, rssBytes, peakRssBytes, true, by, owed, agent);
    }

    /** The same with its agent's end. */
    Attempt judged(AgentEnding ended) {
        return new Attempt(
                id,
                admittedAt,
                startedAt,
                rssBytes,
                peakRssBytes,
                alone,
                leave,
                owed,
                Optional.of(ended));
    }

    /** When it began, as far as that is known. */
    public long begunAt() {
        return startedAt.orElse(admittedAt);
    }
}
