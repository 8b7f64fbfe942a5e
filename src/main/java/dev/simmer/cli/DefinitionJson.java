package dev.simmer.cli;

import dev.simmer.agent.definition.Broken;
import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.definition.Skill;
import dev.simmer.json.JsonObject;
import dev.simmer.model.Durations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Definitions of agents as JSON; docs/JSON.md has the shapes. */
final class DefinitionJson {
    private DefinitionJson() {}

    /** A definition's place in a word: {@code project}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** An element of {@code agent list}. */
    static JsonObject row(Definition definition, Catalogue catalogue) {
        JsonObject json =
                new JsonObject()
                        .put("name", definition.name())
                        .put("description", definition.description())
                        .put("place", word(definition.place()))
                        .put("file", definition.file().toString());
        text(json, "model", definition.model());
        if (definition.tools().isPresent()) {
            json.putTexts("tools", definition.tools().get());
        } else {
            json.putNull("tools");
        }
        json.putTexts("denied", definition.denied())
                .put("read_only", definition.readOnly())
                .put("isolation", word(definition.isolation()));
        text(json, "colour", definition.colour());
        text(json, "runner", definition.runner());
        if (definition.command().isPresent()) {
            json.putTexts("command", definition.command().get());
        } else {
            json.putNull("command");
        }
        return json.putTexts("repairs", definition.repairs())
                .putTexts(
                        "shadowed",
                        catalogue.shadowed(definition.name()).stream()
                                .map(each -> each.file().toString())
                                .toList());
    }

    /** All about one. */
    static JsonObject all(Definition definition, Catalogue catalogue) {
        JsonObject json = row(definition, catalogue);
        Definition.Limits limits = definition.limits();
        json.put("turns", limits.turns());
        text(json, "time", limits.time().map(Durations::format));
        if (limits.budgetUsd().isPresent()) {
            json.putNumber("budget_usd", limits.budgetUsd().getAsDouble());
        } else {
            json.putNull("budget_usd");
        }
        text(json, "silence", limits.silence().map(Durations::format));
        return json.putTexts("copy", definition.copy())
                .putTextMap("unknown", definition.unknown())
                .put("system_prompt", definition.systemPrompt());
    }

    static JsonObject skill(Skill skill) {
        return new JsonObject()
                .put("name", skill.name())
                .put("description", skill.description())
                .put("place", word(skill.place()))
                .put("file", skill.file().toString())
                .putTexts("repairs", skill.repairs());
    }

    static List<JsonObject> broken(List<Broken> broken) {
        return broken.stream()
                .map(each ->
                        new JsonObject()
                                .put("file", each.file().toString())
                                .put("place", word(each.place()))
                                .put("why", each.why()))
                .toList();
    }

    private static void text(JsonObject json, String key, Optional<String> text) {
        if (text.isPresent()) {
            json.put(key, text.get());
        } else {
            json.putNull(key);
        }
    }
}
