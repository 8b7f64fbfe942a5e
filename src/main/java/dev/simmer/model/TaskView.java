package dev.simmer.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A task as faces show it, at one moment.
 *
 * @param id its number
 * @param spec what it is
 * @param phase its state in a word
 * @param reason why it waits or failed, in words with figures; empty where there is nothing to say
 * @param pid the main process's id while it runs
 * @param attempts all attempts so far, oldest first (the newest {@link #MAX_ATTEMPTS} of them)
 * @param cpu share of one core that its process tree used lately; 1.0 is a whole core
 * @param rssBytes resident memory of its process tree now
 * @param expected what it is expected to need at its peak
 * @param heavy whether it counts against {@code limits.heavy}
 * @param startedAt when the newest attempt's process was started
 * @param endedAt when the task ended
 * @param outcome how the task ended
 */
public record TaskView(
        TaskId id,
        TaskSpec spec,
        Phase phase,
        String reason,
        OptionalLong pid,
        List<AttemptView> attempts,
        double cpu,
        long rssBytes,
        MemoryEstimate expected,
        boolean heavy,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Outcome> outcome) {

    /** The reason of a task that waits until somebody starts it. */
    public static final String WAITS_TO_BE_STARTED = "waits to be started";

    /** How many attempts a view keeps. */
    public static final int MAX_ATTEMPTS = 50;

    public TaskView {
        attempts = List.copyOf(attempts);
    }

    /** The task's name; may hold any character, so sanitise before printing. */
    public String name() {
        return spec.name();
    }

    /** Whether nobody has started it yet, so that it waits for nothing else. */
    public boolean dormant() {
        return phase == Phase.WAITING && reason.equals(WAITS_TO_BE_STARTED);
    }

    /** The newest attempt's number; 0 before the first. */
    public int attempt() {
        return attempts.isEmpty() ? 0 : attempts.getLast().number();
    }

    /** The newest attempt's output. */
    public Optional<Path> log() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast().log());
    }

    /** The newest attempt's output as people read it. */
    public Optional<Path> shownLog() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast().shown());
    }

    /** What is known of the newest attempt of an agent. */
    public Optional<AgentRun> agent() {
        return attempts.isEmpty() ? Optional.empty() : attempts.getLast().agent();
    }

    /** The exit code of an ended task whose main process exited by itself. */
    public OptionalInt exitCode() {
        return outcome.isPresent() ? outcome.get().exitCode() : OptionalInt.empty();
    }
}
