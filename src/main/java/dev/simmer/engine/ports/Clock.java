package dev.simmer.engine.ports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** The time. Safe for all threads. */
public interface Clock {
    /**
     * Milliseconds of a clock that never goes back and goes on from process to process until the
     * machine is started anew; its zero means nothing.
     */
    long millis();

    /** The time of day. */
    Instant wall();

    /** Tells one start of the machine from another. */
    String boot();

    /** The operating system's clocks. */
    static Clock system() {
        return new Clock() {
            @Override
            public long millis() {
                // HotSpot reads CLOCK_MONOTONIC here, which all processes share.
                return System.nanoTime() / 1_000_000;
            }

            @Override
            public String boot() {
                try {
                    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
                } catch (IOException e) {
                    // Without it every start of the engine counts as one of the machine.
                    return UUID.randomUUID().toString();
                }
            }

            @Override
            public Instant wall() {
                return Instant.now();
            }
        };
    }
}
