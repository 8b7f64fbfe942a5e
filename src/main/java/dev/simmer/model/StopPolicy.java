package dev.simmer.model;

import java.time.Duration;

/**
 * How a task is stopped: the signal to its processes, then after the grace period SIGKILL to every
 * process that is left.
 *
 * @param signal the first signal
 * @param grace how long the processes have to end by themselves; zero: none
 */
public record StopPolicy(Signal signal, Duration grace) {
    /** SIGTERM, and ten seconds. */
    public static final StopPolicy DEFAULT = new StopPolicy(Signal.TERM, Duration.ofSeconds(10));

    public StopPolicy {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace period is not negative");
        }
    }
}
