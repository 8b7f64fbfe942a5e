package dev.simmer.headless;

import dev.simmer.model.Durations;
import dev.simmer.model.Signal;
import java.time.Duration;

/** How a whole run ended. */
public sealed interface RunOutcome {
    /** The process's exit code. */
    int exitCode();

    /** The word that JSON uses. */
    String word();

    /** For people: how it ended, to be followed by figures. */
    String text();

    /** Every job succeeded, and no service failed. */
    record Succeeded() implements RunOutcome {
        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public String word() {
            return "succeeded";
        }

        @Override
        public String text() {
            return "succeeded";
        }
    }

    /** A task failed. */
    record Failed() implements RunOutcome {
        @Override
        public int exitCode() {
            return 1;
        }

        @Override
        public String word() {
            return "failed";
        }

        @Override
        public String text() {
            return "failed";
        }
    }

    /** The run took longer than it may. */
    record TimedOut(Duration limit) implements RunOutcome {
        @Override
        public int exitCode() {
            return 124;
        }

        @Override
        public String word() {
            return "timed-out";
        }

        @Override
        public String text() {
            return "stopped: the time limit of " + Durations.format(limit) + " ran out";
        }
    }

    /** A signal ended the run. */
    record Interrupted(Signal signal) implements RunOutcome {
        @Override
        public int exitCode() {
            return 128 + signal.number();
        }

        @Override
        public String word() {
            return "interrupted";
        }

        @Override
        public String text() {
            return "interrupted by SIG" + signal.name();
        }
    }

    /**
     * Standard output took no more.
     *
     * @param pipe whether its reader went away, which is no fault of anybody's
     */
    record OutputLost(boolean pipe, String why) implements RunOutcome {
        /** As a program that SIGPIPE ended, which this one would be if it could. */
        private static final int BROKEN_PIPE = 128 + 13;

        @Override
        public int exitCode() {
            return pipe ? BROKEN_PIPE : 1;
        }

        @Override
        public String word() {
            return "output-lost";
        }

        @Override
        public String text() {
            return "stopped: cannot write standard output: " + why;
        }
    }

    /** The engine did not take the tasks on. */
    record Refused(String why) implements RunOutcome {
        @Override
        public int exitCode() {
            return 2;
        }

        @Override
        public String word() {
            return "refused";
        }

        @Override
        public String text() {
            return why;
        }
    }
}
