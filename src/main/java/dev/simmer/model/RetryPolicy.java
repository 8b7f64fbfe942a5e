package dev.simmer.model;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * When a failed job is tried again.
 *
 * <p>With neither exit codes nor a pattern any failure is tried again; with either, a failure that
 * matches one of them.
 *
 * @param max how many attempts may follow the first; 0: none
 * @param backoff the delay before each of them
 * @param onExit exit codes worth another attempt
 * @param onOutput a pattern that is looked for in the end of the attempt's output
 */
public record RetryPolicy(
        int max, Backoff backoff, SortedSet<Integer> onExit, Optional<Pattern> onOutput) {
    /** A job that is not tried again. */
    public static final RetryPolicy NEVER =
            new RetryPolicy(0, Backoff.DEFAULT, new TreeSet<>(), Optional.empty());

    public RetryPolicy {
        if (max < 0) {
            throw new IllegalArgumentException("retry.max is not negative, and not " + max);
        }
        onExit = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(onExit));
    }
}
