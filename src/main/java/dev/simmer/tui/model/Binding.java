package dev.simmer.tui.model;

import java.util.List;
import java.util.Set;

/**
 * A line of the key table.
 *
 * @param action what it does
 * @param shown the keys as help and footer print them
 * @param keys the keys
 * @param where it works
 * @param label one or two words for the footer; empty: only in the help
 * @param help a sentence for the help; empty: only in the footer
 */
public record Binding(
        Action action,
        String shown,
        List<Key> keys,
        Set<Context> where,
        String label,
        String help) {
    public Binding {
        keys = List.copyOf(keys);
        where = Set.copyOf(where);
    }
}
