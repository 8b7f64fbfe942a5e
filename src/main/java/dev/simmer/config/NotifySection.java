package dev.simmer.config;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code notify} of the user's configuration. */
final class NotifySection {
    private static final String COMMAND =
            "write a list of a program and its arguments, such as `[notify.sh, now]`";
    private static final String HOURS = "write hours such as `22:00-07:00`";
    private static final String WHEN = "write `unfocused` or `always`";

    private final Mistakes mistakes;
    private final Values values;

    NotifySection(Mistakes mistakes) {
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
    }

    Optional<Notify> read(YamlNode node) {
        return Fields.of("`notify`", Keys.CONFIG_NOTIFY, node, mistakes).map(this::section);
    }

    private Notify section(Fields fields) {
        List<String> by =
                fields.get("by").map(n -> words("notify.by", n, Notify.WAYS)).orElse(List.of());
        List<String> command = fields.get("command").map(this::command).orElse(List.of());
        if (by.contains("command") && fields.lacks("command")) {
            mistakes.add(fields.at(), "`notify.by` names `command`, and there is none", COMMAND);
        }
        return new Notify(
                by,
                command,
                fields.get("events")
                        .map(n -> words("notify.events", n, Notify.EVENTS))
                        .orElse(Notify.EVENTS),
                fields.get("when").flatMap(this::always).orElse(false),
                fields.get("quiet").flatMap(this::quiet));
    }

    private List<String> words(String name, YamlNode node, List<String> known) {
        String right = "write a list of " + String.join(", ", known);
        List<String> words = new ArrayList<>();
        for (YamlNode.Scalar item : values.distinct(name, node, right)) {
            if (known.contains(item.text())) {
                words.add(item.text());
            } else {
                values.wrong("an item of " + name, item, "is none that Simmer knows", right);
            }
        }
        return words;
    }

    private List<String> command(YamlNode node) {
        List<String> argv =
                values.list("notify.command", node, COMMAND).orElse(List.of()).stream()
                        .map(YamlNode.Scalar::text)
                        .toList();
        boolean nothing = node instanceof YamlNode.Sequence list && list.items().isEmpty();
        if (nothing || (!argv.isEmpty() && argv.getFirst().isBlank())) {
            mistakes.add(node.at(), "`notify.command` names no program", COMMAND);
        }
        return argv;
    }

    private Optional<Boolean> always(YamlNode node) {
        Optional<YamlNode.Scalar> word = values.text("notify.when", node, WHEN);
        return word.flatMap(text ->
                switch (text.text()) {
                    case "always" -> Optional.of(true);
                    case "unfocused" -> Optional.of(false);
                    default -> values.wrong("notify.when", text, "is neither", WHEN);
                });
    }

    private Optional<Notify.Quiet> quiet(YamlNode node) {
        Optional<YamlNode.Scalar> text = values.text("notify.quiet", node, HOURS);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] hours = text.get().text().split("-", -1);
        try {
            if (hours.length == 2) {
                LocalTime from = LocalTime.parse(hours[0].strip());
                return Optional.of(new Notify.Quiet(from, LocalTime.parse(hours[1].strip())));
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        return values.wrong("notify.quiet", text.get(), "is no span of hours", HOURS);
    }
}
