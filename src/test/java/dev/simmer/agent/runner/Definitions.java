package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.definition.Definition.Isolation;
import dev.simmer.agent.definition.Definition.Limits;
import dev.simmer.agent.definition.Definition.Place;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Definitions to be run, made from one that asks for nothing. */
record Definitions(
        Optional<String> model,
        Optional<Set<String>> tools,
        Set<String> denied,
        boolean readOnly,
        Limits limits,
        Optional<String> runner,
        Optional<List<String>> command,
        String systemPrompt) {
    static final UUID SESSION = UUID.fromString("11111111-2222-4333-8444-555555555555");

    static Definitions plain() {
        return new Definitions(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                false,
                Limits.NONE,
                Optional.empty(),
                Optional.empty(),
                "");
    }

    Definitions model(String name) {
        return new Definitions(
                Optional.of(name), tools, denied, readOnly, limits, runner, command, systemPrompt);
    }

    Definitions tools(String... names) {
        Optional<Set<String>> all = Optional.of(new LinkedHashSet<>(List.of(names)));
        return new Definitions(model, all, denied, readOnly, limits, runner, command, systemPrompt);
    }

    Definitions noTools() {
        return tools(new String[0]);
    }

    Definitions denied(String... names) {
        Set<String> all = new LinkedHashSet<>(List.of(names));
        return new Definitions(model, tools, all, readOnly, limits, runner, command, systemPrompt);
    }

    Definitions readOnly(boolean value) {
        return new Definitions(model, tools, denied, value, limits, runner, command, systemPrompt);
    }

    Definitions limits(int turns, double usd) {
        Limits own =
                new Limits(
                        OptionalInt.of(turns),
                        Optional.empty(),
                        OptionalDouble.of(usd),
                        Optional.empty());
        return new Definitions(model, tools, denied, readOnly, own, runner, command, systemPrompt);
    }

    Definitions runner(String name) {
        return new Definitions(
                model, tools, denied, readOnly, limits, Optional.of(name), command, systemPrompt);
    }

    Definitions command(String... words) {
        Optional<List<String>> own = Optional.of(List.of(words));
        return new Definitions(model, tools, denied, readOnly, limits, runner, own, systemPrompt);
    }

    Definitions system(String text) {
        return new Definitions(model, tools, denied, readOnly, limits, runner, command, text);
    }

    Definition made() {
        return new Definition(
                "tester",
                "",
                model,
                tools,
                denied,
                readOnly,
                Optional.empty(),
                limits,
                Isolation.NONE,
                List.of(),
                runner,
                command,
                systemPrompt,
                Map.of(),
                Path.of("tester.md"),
                Place.PROJECT,
                List.of());
    }

    Order order(String prompt) {
        return new Order(made(), prompt, SESSION, Optional.empty(), Path.of("/workspace"));
    }
}
