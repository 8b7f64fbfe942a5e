package dev.simmer.config;

import java.util.Optional;

/** Which names tasks may have that are named on a command line or by hand. */
public final class TaskNames {
    private TaskNames() {}

    /**
     * Why a text cannot be the name of a task, such as {@code looks like the id of a task}, for a
     * sentence that begins with the name; empty where it can.
     */
    public static Optional<String> fault(String name) {
        if (name.isBlank()) {
            return Optional.of("must not be empty");
        }
        if (!Names.isVisible(name)) {
            return Optional.of("must not hold control characters");
        }
        if (Names.isNumber(name)) {
            return Optional.of("looks like the id of a task; add a letter to it");
        }
        return Names.isLong(name)
                ? Optional.of("must not be longer than 100 characters")
                : Optional.empty();
    }
}
