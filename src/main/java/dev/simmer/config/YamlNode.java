package dev.simmer.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A piece of a YAML document with its place. Scalars keep their text as it was written; what it
 * means depends on where it stands, so nothing is taken for a number or a truth value here.
 */
sealed interface YamlNode {
    /** Where it begins; what came by an alias begins at its anchor. */
    Position at();

    /** How many nodes it is, itself and what came by aliases included. */
    int size();

    /** How many levels it has, itself included. */
    int height();

    /** What it is, in words for people. */
    String sort();

    /**
     * A text, number, truth value or nothing.
     *
     * @param text what it says, quotes and escapes resolved
     * @param plain whether it stood without quotes
     * @param verbatim where its text begins, if the file holds it letter by letter on one line
     */
    record Scalar(Position at, String text, boolean plain, Optional<Position> verbatim)
            implements YamlNode {
        private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

        /** Whether it is no value at all. */
        boolean isNothing() {
            return plain && NOTHING.contains(text);
        }

        /** Where a character of the text stands, as near as can be told. */
        Position placeOf(int index) {
            return index < 0 || index > text.length()
                    ? at
                    : verbatim.map(place -> place.right(text.codePointCount(0, index))).orElse(at);
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public int height() {
            return 1;
        }

        @Override
        public String sort() {
            return isNothing() ? "nothing" : "a text";
        }
    }

    /** A list. */
    record Sequence(Position at, List<YamlNode> items, int size, int height) implements YamlNode {
        static Sequence of(Position at, List<YamlNode> items) {
            int size = 1 + items.stream().mapToInt(YamlNode::size).sum();
            int height = 1 + items.stream().mapToInt(YamlNode::height).max().orElse(0);
            return new Sequence(at, List.copyOf(items), size, height);
        }

        @Override
        public String sort() {
            return "a list";
        }
    }

    /** A map; each key stands in it once. */
    record Mapping(Position at, List<Entry> entries, int size, int height) implements YamlNode {
        static Mapping of(Position at, List<Entry> entries) {
            int size = 1 + entries.stream().mapToInt(entry -> 1 + entry.value().size()).sum();
            int height = 1 + entries.stream().mapToInt(e -> e.value().height()).max().orElse(0);
            return new Mapping(at, List.copyOf(entries), size, height);
        }

        @Override
        public String sort() {
            return "a map";
        }
    }

    /** A key of a map and what stands under it. */
    record Entry(Scalar key, YamlNode value) {}
}
