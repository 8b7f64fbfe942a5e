package dev.simmer.model;

import java.time.Duration;

/**
 * Exponential backoff with full jitter: the n-th delay is drawn evenly from zero to {@code
 * min(most, first * 2^(n-1))}.
 *
 * <p>Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 *
 * @param first the bound of the first delay, not negative
 * @param most the bound of any delay, at least {@code first}
 */
public record Backoff(Duration first, Duration most) {
    /** One second, doubling up to half a minute. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    public Backoff {
        if (first.isNegative() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "backoff must grow from a first to a larger delay, not " + first + ".." + most);
        }
    }

    /** The longest that the {@code n}-th delay (from 1) may be, in milliseconds. */
    public long boundMillis(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("delays count from 1, not " + n);
        }
        int doublings = Math.min(n - 1, 40);
        long grown = Math.min(first.toMillis(), Long.MAX_VALUE >> 41) << doublings;
        return Math.min(most.toMillis(), grown);
    }

    /**
     * The {@code n}-th delay in milliseconds.
     *
     * @param n from 1
     * @param jitter evenly drawn from 0 (inclusive) to 1 (exclusive)
     */
    public long delayMillis(int n, double jitter) {
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter lies in [0, 1), not " + jitter);
        }
        return (long) (boundMillis(n) * jitter);
    }
}
