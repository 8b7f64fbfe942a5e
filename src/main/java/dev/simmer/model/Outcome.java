package dev.simmer.model;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How an attempt, and with the last attempt a task, ended. */
public sealed interface Outcome {
    /** The state in a word. */
    Phase phase();

    /** Why, in words; empty for a plain success. */
    String reason();

    /** Whether it was ended for want of memory, so that it would have used more. */
    default boolean forMemory() {
        return false;
    }

    /** The main process's exit code, where it exited by itself. */
    default OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    /** It exited with 0. */
    record Succeeded() implements Outcome {
        @Override
        public Phase phase() {
            return Phase.SUCCEEDED;
        }

        @Override
        public String reason() {
            return "";
        }

        @Override
        public OptionalInt exitCode() {
            return OptionalInt.of(0);
        }
    }

    /** It exited with another code. */
    record ExitedWith(int code) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        @Override
        public String reason() {
            return switch (code) {
                case 126 -> "exit code 126: found but not executable";
                case 127 -> "exit code 127: a command was not found";
                default -> "exit code " + code;
            };
        }

        @Override
        public OptionalInt exitCode() {
            return OptionalInt.of(code);
        }
    }

    /** A signal ended it that Simmer did not send. */
    record DiedOf(int signal) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        @Override
        public String reason() {
            return "ended by signal " + SignalNames.of(signal) + ", not sent by Simmer";
        }
    }

    /**
     * An agent's program ended by itself, or was stopped for what the agent did.
     *
     * @param verdict what is thought of the run
     * @param why in words
     * @param exitCode its program's, where that exited by itself
     */
    record AgentEnded(AgentVerdict verdict, String why, OptionalInt exitCode) implements Outcome {
        @Override
        public Phase phase() {
            return verdict.good() ? Phase.SUCCEEDED : Phase.FAILED;
        }

        @Override
        public String reason() {
            return switch (verdict) {
                case COMPLETED -> "";
                case COMPLETED_WITH_DENIALS -> "with denials: " + why;
                case PARTIAL -> "partial: " + why;
                case FAILED -> why;
            };
        }
    }

    /** It could not be started. */
    record NotStarted(StartFailure failure) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        @Override
        public String reason() {
            return failure.text();
        }
    }

    /** It was stopped because it was not ready in time. */
    record NotReady(Duration limit, String probe) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        @Override
        public String reason() {
            return "not ready within " + Durations.format(limit) + ": waited for " + probe;
        }
    }

    /** Simmer stopped it. */
    record Stopped(String why) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.KILLED;
        }

        @Override
        public String reason() {
            return why;
        }
    }

    /** It ran for longer than its timeout. */
    record TimedOut(Duration limit) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.TIMED_OUT;
        }

        @Override
        public String reason() {
            return "ran longer than its timeout of " + Durations.format(limit);
        }
    }

    /**
     * It was stopped because its output outgrew its limit.
     *
     * @param limitBytes the limit
     * @param byChoice whether it asked for that; else its oldest output could not be dropped
     */
    record LogFull(long limitBytes, boolean byChoice) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        @Override
        public String reason() {
            return "its output outgrew its log_limit of "
                    + ByteSize.format(limitBytes)
                    + (byChoice
                            ? ""
                            : ", and this file system cannot give back the oldest part of a file");
        }
    }

    /**
     * Simmer ended the attempt to free memory while that was short, and queued the task again.
     *
     * @param usedBytes what its process tree used
     * @param expectedBytes what it is expected to need from then on
     */
    record Evicted(long usedBytes, long expectedBytes) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.KILLED;
        }

        @Override
        public boolean forMemory() {
            return true;
        }

        @Override
        public String reason() {
            return "ended at "
                    + ByteSize.format(usedBytes)
                    + " because memory was short; queued again, expecting "
                    + ByteSize.format(expectedBytes);
        }
    }

    /**
     * The kernel killed it for want of memory.
     *
     * @param peakBytes the most that was seen of its process tree
     * @param limitBytes the hard limit of its own control group, where it had one
     */
    record OutOfMemory(long peakBytes, OptionalLong limitBytes) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        @Override
        public boolean forMemory() {
            return true;
        }

        @Override
        public String reason() {
            // Pages that others share are counted for it and not in its group.
            long told = Math.min(peakBytes, limitBytes.orElse(Long.MAX_VALUE));
            return "out of memory: the kernel killed it"
                    + (told > 0 ? " at " + ByteSize.format(told) : "")
                    + (limitBytes.isPresent()
                            ? ", its own limit was " + ByteSize.format(limitBytes.getAsLong())
                            : "");
        }
    }

    /** It never ran. */
    record Skipped(String why) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.SKIPPED;
        }

        @Override
        public String reason() {
            return why;
        }
    }

    /** It is gone, and nobody knows how it ended. */
    record Lost(String why) implements Outcome {
        @Override
        public Phase phase() {
            return Phase.LOST;
        }

        @Override
        public String reason() {
            return why;
        }
    }
}
