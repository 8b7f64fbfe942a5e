package dev.simmer.agent;

import java.time.Duration;

/**
 * How often and how long things are looked at.
 *
 * @param look between two looks at a log
 * @param progress between two tellings of progress, at least
 * @param silent after so long without a word an agent counts as silent
 * @param lingering after so long at its end a program that lives on is told of
 * @param linger how long a program may live after its terminal event; more than {@code lingering}
 * @param gitBefore for git's status before the start, which waits for it
 * @param gitAfter for git's status at the end
 */
record AgentTiming(
        Duration look,
        Duration progress,
        Duration silent,
        Duration lingering,
        Duration linger,
        Duration gitBefore,
        Duration gitAfter) {
    static final AgentTiming USUAL =
            new AgentTiming(
                    Duration.ofMillis(200),
                    Duration.ofMillis(250),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(20));

    /** The same but for how long a program may live after its end, and when that is told. */
    AgentTiming lingering(Duration told, Duration most) {
        return new AgentTiming(look, progress, silent, told, most, gitBefore, gitAfter);
    }

    /** The same but for when an agent counts as silent. */
    AgentTiming silentAfter(Duration value) {
        return new AgentTiming(look, progress, value, lingering, linger, gitBefore, gitAfter);
    }
}
