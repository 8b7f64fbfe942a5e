package dev.simmer.config;

import dev.simmer.model.LogLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a user wishes of Simmer wherever they use it; docs/CONFIG.md.
 *
 * @param keep how long finished tasks are kept, longer than zero; empty: for ever
 * @param idleExit how long a supervisor with nothing to do stays, longer than zero; empty: for ever
 * @param logLimit the limit of the log of tasks that set none
 * @param agentRunner the program that runs agents whose definitions name none, by its word
 * @param telling how a dashboard tells of things elsewhere than on its screen
 */
public record UserConfig(
        Optional<Duration> keep,
        Optional<Duration> idleExit,
        LogLimit logLimit,
        Optional<String> agentRunner,
        Notify telling) {
    /** Where the user says nothing. */
    public static final UserConfig DEFAULT =
            new UserConfig(
                    Optional.of(Duration.ofDays(30)),
                    Optional.of(Duration.ofMinutes(10)),
                    LogLimit.DEFAULT,
                    Optional.empty(),
                    Notify.NONE);

    /**
     * The file that it is read from: {@code $XDG_CONFIG_HOME/simmer/config.yaml}, else {@code
     * ~/.config/simmer/config.yaml}.
     *
     * @return empty where neither variable names an absolute folder
     */
    public static Optional<Path> file(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        // The specification says to ignore a relative path.
        if (config.startsWith("/")) {
            return Optional.of(Path.of(config, "simmer", "config.yaml"));
        }
        return home.startsWith("/")
                ? Optional.of(Path.of(home, ".config", "simmer", "config.yaml"))
                : Optional.empty();
    }
}
