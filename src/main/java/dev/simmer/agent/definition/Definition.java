package dev.simmer.agent.definition;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** An agent in the normal form, whatever program its file was written for. */
public record Definition(
        String name,
        String description,
        Optional<String> model,
        Optional<Set<String>> tools,
        Set<String> denied,
        boolean readOnly,
        Optional<String> colour,
        Limits limits,
        Isolation isolation,
        List<String> copy,
        Optional<String> runner,
        Optional<List<String>> command,
        String systemPrompt,
        Map<String, String> unknown,
        Path file,
        Place place,
        List<String> repairs) {
    /** Where a definition comes from. */
    public enum Place {
        PROJECT,
        USER,
        SHIPPED
    }

    /** Where an agent works. */
    public enum Isolation {
        NONE,
        WORKTREE
    }

    /** What ends a run. */
    public record Limits(
            OptionalInt turns,
            Optional<Duration> time,
            OptionalDouble budgetUsd,
            Optional<Duration> silence) {
        /** No limits. */
        public static final Limits NONE =
                new Limits(
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.empty());
    }
}
