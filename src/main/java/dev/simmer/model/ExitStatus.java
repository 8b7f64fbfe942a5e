package dev.simmer.model;

/** How an attempt's main process ended. */
public sealed interface ExitStatus {
    /**
     * It exited by itself.
     *
     * @param value from 0 to 255
     */
    record Code(int value) implements ExitStatus {
        public Code {
            if (value < 0 || value > 255) {
                throw new IllegalArgumentException("an exit code is 0 to 255, not " + value);
            }
        }
    }

    /**
     * A signal ended it.
     *
     * @param number the signal's number, at least 1
     */
    record Signaled(int number) implements ExitStatus {}

    /**
     * Nobody knows: what would have written the status down is gone.
     *
     * @param why in words
     */
    record Unknown(String why) implements ExitStatus {}

    /** For people: {@code exit code 1}, {@code signal SIGTERM}. */
    default String words() {
        return switch (this) {
            case Code(int value) -> "exit code " + value;
            case Signaled(int number) -> "signal " + SignalNames.of(number);
            case Unknown(String why) -> "an unknown status (" + why + ")";
        };
    }
}
