package dev.simmer.model;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to tell that a started task is ready for those that need it.
 *
 * @param probe what is looked at
 * @param timeout how long after its start the task may take
 */
public record Readiness(Probe probe, Duration timeout) {
    /** The time limit where the task file names none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    public Readiness {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a readiness timeout is longer than zero");
        }
    }

    /** What is looked at; each describes itself in a few words for people. */
    public sealed interface Probe {
        /** What is waited for, such as {@code TCP port 3000}. */
        String description();

        /** A line of the attempt's output matches. */
        record Log(Pattern pattern) implements Probe {
            @Override
            public String description() {
                return "a line matching \"" + pattern.pattern() + "\"";
            }
        }

        /** A connection to a port of this machine is accepted. */
        record Tcp(int port) implements Probe {
            public Tcp {
                if (port < 1 || port > 65_535) {
                    throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
                }
            }

            @Override
            public String description() {
                return "TCP port " + port;
            }
        }

        /** A GET is answered with a status from 200 to 399. */
        record Http(URI uri) implements Probe {
            @Override
            public String description() {
                return uri.toString();
            }
        }

        /** A command, run by {@code sh -c} in the task's folder, exits with 0. */
        record Exec(String line) implements Probe {
            @Override
            public String description() {
                return "`" + line + "` to succeed";
            }
        }
    }
}
