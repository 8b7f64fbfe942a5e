package dev.simmer.engine.ports;

import java.time.Instant;

/** The time. Safe for all threads. */
public interface Clock {
    /** Milliseconds of a clock that never goes back; its zero means nothing. */
    long millis();

    /** The time of day. */
    Instant wall();

    /** The operating system's clocks. */
    static Clock system() {
        return new Clock() {
            @Override
            public long millis() {
                return System.nanoTime() / 1_000_000;
            }

            @Override
            public Instant wall() {
                return Instant.now();
            }
        };
    }
}
