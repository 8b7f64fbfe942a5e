package dev.simmer.supervisor;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a server is told by the wiring.
 *
 * @param version Simmer's version
 * @param idleExit for how long nothing must go on, with nobody connected, before the server ends by
 *     itself; zero: never
 * @param diskBytes sizes on disk by what they are of; called by a thread that may block
 * @param limits what clients may do
 */
public record ServerSetup(
        String version,
        Duration idleExit,
        Supplier<Map<String, Long>> diskBytes,
        ServerLimits limits) {
    /** How long nothing must go on where nobody says otherwise. */
    public static final Duration USUAL_IDLE_EXIT = Duration.ofMinutes(10);
}
