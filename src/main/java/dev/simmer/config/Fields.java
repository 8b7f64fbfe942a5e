package dev.simmer.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The known keys of one map; reports the others. */
final class Fields {
    private final Position at;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();

    private final Set<String> misspelt = new HashSet<>();

    private Fields(Position at) {
        this.at = at;
    }

    /** The fields of a node that has to be a map; empty and reported where it is none. */
    static Optional<Fields> of(String name, Keys keys, YamlNode node, Mistakes mistakes) {
        if (!(node instanceof YamlNode.Mapping map)) {
            mistakes.add(
                    node.at(),
                    name + " is a map, not " + node.sort(),
                    "its keys are "
                            + String.join(
                                    ", ", keys.names().stream().map(Visible::quoted).toList()));
            return Optional.empty();
        }
        Fields fields = new Fields(map.at());
        for (YamlNode.Entry entry : map.entries()) {
            String key = entry.key().text();
            if (keys.names().contains(key)) {
                fields.entries.put(key, entry);
            } else {
                DidYouMean.nearest(key, keys.names()).ifPresent(fields.misspelt::add);
                mistakes.unknown(
                        entry.key().at(),
                        Visible.quoted(key) + " is no key of " + keys.owner(),
                        key,
                        keys.names());
            }
        }
        return Optional.of(fields);
    }

    /** Where the map begins. */
    Position at() {
        return at;
    }

    Optional<YamlNode> get(String key) {
        return entry(key).map(YamlNode.Entry::value);
    }

    Optional<YamlNode.Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Whether all of some keys are missing, and none of them was meant by an unknown one. */
    boolean lacks(String... keys) {
        return Arrays.stream(keys)
                .noneMatch(key -> entries.containsKey(key) || misspelt.contains(key));
    }

    /** Those of some keys that are there, in the order of the file. */
    List<YamlNode.Entry> among(List<String> keys) {
        return entries.values().stream().filter(e -> keys.contains(e.key().text())).toList();
    }
}
