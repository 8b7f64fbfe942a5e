package dev.simmer.model;

import java.util.Locale;

/**
 * When a service that ended by itself is started again.
 *
 * @param on which ends lead to a restart
 * @param max restarts in a row; the count starts anew after a healthy minute
 * @param backoff the delay before each restart
 */
public record RestartPolicy(On on, int max, Backoff backoff) {
    /** A service that is not restarted. */
    public static final RestartPolicy NEVER = new RestartPolicy(On.NEVER, 5, Backoff.DEFAULT);

    /** Which ends of a service lead to a restart. */
    public enum On {
        NEVER,
        FAILURE,
        ALWAYS;

        /** The word that the task file uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RestartPolicy {
        if (max < 0) {
            throw new IllegalArgumentException("restart.max is not negative, and not " + max);
        }
    }
}
