package dev.simmer.agent.definition;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An agent in the normal form, whatever program its file was written for.
 *
 * <p>Texts are those of the file: whoever shows one to a terminal cleans it first. Only the name is
 * clean already.
 *
 * @param name one line without control characters, 1 to 100 characters, not blank; may hold any
 *     other letters, slashes included, so it is no file name
 * @param description what the agent is for; may have several lines; empty where nothing is said
 * @param model what the file names; empty: the runner's own choice
 * @param tools those that it may use, by their common names (Read, Bash, mcp__server__tool, {@code
 *     Bash(git:*)}); empty: all
 * @param denied those that it must not use, which no entry of {@code tools} repeats
 * @param readOnly whether it must change nothing
 * @param colour a name or {@code #RRGGBB} as it was written; nobody checked that it exists
 * @param copy files that an isolated agent gets a copy of, relative to the workspace, unchecked
 * @param runner the program that the file asks for, such as {@code claude}
 * @param command the program that is the agent, with its arguments; one that was written with a
 *     slash is a path from the definition's folder, made whole
 * @param systemPrompt the body of the file, lines ended by {@code \n}
 * @param unknown what else the file says: key to the text as it stands there
 * @param file where it was read
 * @param repairs what had to be guessed or was left out, in words, with lines
 */
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
    /** Where a definition comes from; the earlier hides the later. */
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

    /**
     * What ends a run.
     *
     * @param turns at least 1
     * @param time longer than zero
     * @param budgetUsd in US dollars, more than 0
     * @param silence how long it may say nothing, longer than zero
     * @param withoutEffect those of the repairs that tell of a limit which does not count
     */
    public record Limits(
            OptionalInt turns,
            Optional<Duration> time,
            OptionalDouble budgetUsd,
            Optional<Duration> silence,
            List<String> withoutEffect) {
        /** No limits. */
        public static final Limits NONE =
                new Limits(
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.empty());

        public Limits {
            withoutEffect = List.copyOf(withoutEffect);
        }

        /** Limits that all count. */
        public Limits(
                OptionalInt turns,
                Optional<Duration> time,
                OptionalDouble budgetUsd,
                Optional<Duration> silence) {
            this(turns, time, budgetUsd, silence, List.of());
        }
    }

    public Definition {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a definition without a name: " + file);
        }
        tools = tools.map(Definition::ordered);
        denied = ordered(denied);
        copy = List.copyOf(copy);
        command = command.map(List::copyOf);
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
        repairs = List.copyOf(repairs);
    }

    private static Set<String> ordered(Set<String> names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /** The first line of the description, for tables. */
    public String headline() {
        return description
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
    }
}
