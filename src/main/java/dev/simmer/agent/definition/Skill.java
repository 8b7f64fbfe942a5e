package dev.simmer.agent.definition;

import dev.simmer.agent.definition.Definition.Isolation;
import dev.simmer.agent.definition.Definition.Limits;
import dev.simmer.agent.definition.Definition.Place;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A skill: instructions for an agent in a {@code SKILL.md}.
 *
 * <p>Source of the keys: the Agent Skills specification, agentskills.io.
 *
 * @param name as of a {@link Definition}
 * @param license what {@code license} says
 * @param compatibility what {@code compatibility} says
 * @param metadata the map of that name, values as text
 * @param allowedTools tools that need no further permission, by their common names; empty: not said
 * @param body the instructions, lines ended by {@code \n}
 * @param unknown what else the file says: key to the text as it stands there
 * @param repairs what had to be guessed or was left out, in words, with lines
 */
public record Skill(
        String name,
        String description,
        Optional<String> license,
        Optional<String> compatibility,
        Map<String, String> metadata,
        Optional<Set<String>> allowedTools,
        String body,
        Map<String, String> unknown,
        Path file,
        Place place,
        List<String> repairs) {
    public Skill {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
        repairs = List.copyOf(repairs);
    }

    /** An agent that follows the skill's instructions, with no other tools than it allows. */
    public Definition asDefinition() {
        return new Definition(
                name,
                description,
                Optional.empty(),
                allowedTools,
                Set.of(),
                false,
                Optional.empty(),
                Limits.NONE,
                Isolation.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                body,
                unknown,
                file,
                place,
                repairs);
    }
}
