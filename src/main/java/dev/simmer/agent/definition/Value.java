package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a file's head. Texts stay as written; what one means depends on its key. */
sealed interface Value {
    /** The line of the file, from 1, where it begins. */
    int line();

    /** In the flow form of YAML, for what has no text of its own in the file. */
    String shown();

    /** All texts in it, from the first to the last, keys left out. */
    List<String> texts();

    /**
     * A text, number, truth value or nothing.
     *
     * @param plain whether it stood without quotes
     */
    record Text(String text, boolean plain, int line) implements Value {
        /** Whether it is no value at all. */
        boolean isNothing() {
            return text.isEmpty() || (plain && (text.equals("~") || text.equalsIgnoreCase("null")));
        }

        @Override
        public String shown() {
            return text;
        }

        @Override
        public List<String> texts() {
            return isNothing() ? List.of() : List.of(text);
        }
    }

    /** A list. */
    record Items(List<Value> items, int line) implements Value {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return "[" + String.join(", ", items.stream().map(Value::shown).toList()) + "]";
        }

        @Override
        public List<String> texts() {
            return items.stream().flatMap(item -> item.texts().stream()).toList();
        }
    }

    /** A map; in the order of the file. */
    record Pairs(Map<String, Value> pairs, int line) implements Value {
        public Pairs {
            pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
        }

        @Override
        public String shown() {
            List<String> shown = new ArrayList<>();
            pairs.forEach((key, value) -> shown.add(key + ": " + value.shown()));
            return "{" + String.join(", ", shown) + "}";
        }

        @Override
        public List<String> texts() {
            return pairs.values().stream().flatMap(value -> value.texts().stream()).toList();
        }
    }
}
