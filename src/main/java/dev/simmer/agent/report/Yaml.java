package dev.simmer.agent.report;

import java.util.List;
import java.util.Optional;

/**
 * A node of a YAML text and where it stands there. Places are indices of chars; {@code end} is the
 * first char after the node. An alias stays an alias: its place is that of {@code *name}, so that
 * nothing is ever changed at the anchor by mistake.
 */
sealed interface Yaml {
    int start();

    int end();

    /** The place after the node's last visible char; a block collection's own end lies further. */
    int contentEnd();

    /**
     * A value without parts.
     *
     * @param style {@code '"'}, {@code '\''}, {@code '|'}, {@code '>'}, or 0 for a plain one
     */
    record Scalar(int start, int end, String value, char style) implements Yaml {
        @Override
        public int contentEnd() {
            return end;
        }

        boolean block() {
            return style == '|' || style == '>';
        }

        /** Whether nothing, {@code ~} or {@code null} stands there. */
        boolean isNull() {
            return style == 0
                    && (value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null"));
        }
    }

    /** A reference to a node with an anchor. */
    record Alias(int start, int end, String name) implements Yaml {
        @Override
        public int contentEnd() {
            return end;
        }
    }

    /** A list; {@code marked} where an anchor or tag stands before it. */
    record Sequence(int start, int end, boolean flow, boolean marked, List<Yaml> items)
            implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public int contentEnd() {
            return flow || items.isEmpty() ? end : items.getLast().contentEnd();
        }
    }

    /** A mapping, in its order, keys that come twice kept. */
    record Mapping(int start, int end, boolean flow, List<Pair> pairs) implements Yaml {
        public Mapping {
            pairs = List.copyOf(pairs);
        }

        @Override
        public int contentEnd() {
            return flow || pairs.isEmpty() ? end : pairs.getLast().value().contentEnd();
        }

        /** The last value with this key, which is the one that counts. */
        Optional<Yaml> get(String key) {
            return pairs.reversed().stream()
                    .filter(pair -> pair.is(key))
                    .map(Pair::value)
                    .findFirst();
        }

        /** The text of a scalar under this key. */
        Optional<String> text(String key) {
            return get(key).filter(Scalar.class::isInstance)
                    .map(Scalar.class::cast)
                    .filter(scalar -> !scalar.isNull())
                    .map(Scalar::value);
        }
    }

    /** A key and its value. */
    record Pair(Yaml key, Yaml value) {
        boolean is(String name) {
            return key instanceof Scalar scalar && scalar.value().equals(name);
        }
    }
}
