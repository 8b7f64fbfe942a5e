package dev.simmer.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Simmer's home: {@code $SIMMER_HOME}, else {@code $XDG_STATE_HOME/simmer}, else {@code
 * ~/.local/state/simmer}.
 */
final class Home {
    private Home() {}

    /** Finds it, and makes nothing. */
    static Path of(Surroundings around) throws CommandRefused {
        return of(around.environment(), around.folder());
    }

    /** Finds it, and makes nothing. */
    static Path of(Map<String, String> environment, Path folder) throws CommandRefused {
        String own = environment.getOrDefault("SIMMER_HOME", "");
        if (!own.isEmpty()) {
            return folder.resolve(own).normalize();
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // The specification says to ignore a relative path.
        if (state.startsWith("/")) {
            return Path.of(state, "simmer").normalize();
        }
        String home = environment.getOrDefault("HOME", "");
        if (home.startsWith("/")) {
            return Path.of(home, ".local", "state", "simmer").normalize();
        }
        throw CommandRefused.usage(
                "HOME is not set, so there is no place for run folders and logs; set SIMMER_HOME to"
                        + " a folder");
    }
}
