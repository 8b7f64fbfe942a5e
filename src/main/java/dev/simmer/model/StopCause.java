package dev.simmer.model;

import java.time.Duration;

/** Why Simmer stops an attempt that runs. */
public sealed interface StopCause {
    /** Somebody asked for it. */
    record User() implements StopCause {}

    /** Somebody asked for a new attempt in its place. */
    record Restart() implements StopCause {}

    /** It ran for longer than its timeout. */
    record Timeout(Duration limit) implements StopCause {}

    /** It was not ready in time. */
    record NotReady(Duration limit, String probe) implements StopCause {}

    /** Another task failed, and the run stops at the first failure. */
    record FailFast(String failedTask) implements StopCause {}

    /**
     * Its output has outgrown its limit.
     *
     * @param limitBytes the limit
     * @param byChoice whether it asked to be stopped; else its oldest output could not be dropped
     */
    record LogFull(long limitBytes, boolean byChoice) implements StopCause {}

    /**
     * It was ended to free memory while that was short, and is to be queued again.
     *
     * @param usedBytes what its process tree used
     */
    record Evicted(long usedBytes) implements StopCause {}

    /**
     * It is an agent that has gone beyond what it may.
     *
     * @param words what it did, with figures
     */
    record Agent(AgentStop why, String words) implements StopCause {}

    /**
     * Its main process has ended, and other processes of it have not.
     *
     * @param status how the main process ended
     */
    record Leftovers(ExitStatus status) implements StopCause {}
}
