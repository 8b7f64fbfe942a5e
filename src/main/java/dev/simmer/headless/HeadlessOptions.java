package dev.simmer.headless;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a run is done and shown.
 *
 * @param format what is written to standard output
 * @param colour whether colours are written, the tasks' own among them
 * @param failFast whether the first failure ends the run
 * @param timeout how long the whole run may take
 * @param junit where to write a JUnit XML report
 */
public record HeadlessOptions(
        OutputFormat format,
        boolean colour,
        boolean failFast,
        Optional<Duration> timeout,
        Optional<Path> junit) {

    /** Prefixed lines without colours, going on after a failure. */
    public static final HeadlessOptions DEFAULT =
            new HeadlessOptions(
                    OutputFormat.PREFIXED, false, false, Optional.empty(), Optional.empty());
}
