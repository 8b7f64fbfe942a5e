package dev.simmer.cli;

import dev.simmer.config.Mistake;
import dev.simmer.config.Notify;
import dev.simmer.config.UserConfig;
import dev.simmer.config.UserConfigReader;
import dev.simmer.tui.model.Notice;
import dev.simmer.tui.term.TellingWays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the user's configuration says about how a dashboard tells of things. */
final class Telling {
    private Telling() {}

    /** Reads it; a broken configuration means that nothing is told but that. */
    static TellingWays of(Map<String, String> environment) {
        return switch (UserConfigReader.read(environment)) {
            case UserConfigReader.Loaded(UserConfig config) -> ways(config.telling());
            case UserConfigReader.Broken(List<Mistake> mistakes) ->
                    TellingWays.NONE.withProblems(mistakes.stream().map(Mistake::message).toList());
        };
    }

    private static TellingWays ways(Notify notify) {
        Function<String, String> constant = word -> word.toUpperCase(Locale.ROOT);
        return new TellingWays(
                notify.by().stream()
                        .map(word -> TellingWays.Way.valueOf(constant.apply(word)))
                        .collect(Collectors.toSet()),
                notify.command(),
                notify.events().stream()
                        .map(word -> Notice.Event.valueOf(constant.apply(word)))
                        .collect(Collectors.toSet()),
                notify.always(),
                notify.quiet().map(hours -> new TellingWays.Quiet(hours.from(), hours.to())),
                List.of());
    }
}
