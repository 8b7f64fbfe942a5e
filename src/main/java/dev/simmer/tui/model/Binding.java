package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import java.util.List;
import java.util.Set;

/**
 * A line of the key table.
 *
 * @param section under which heading the help lists it
 * @param action what it does
 * @param keys the keys, the one that people are told of first; none where the user took them away
 * @param where it works
 * @param label one or two words for the footer; empty: only in the help
 * @param help a sentence for the help; empty: only in the footer
 */
public record Binding(
        Section section,
        Action action,
        List<Key> keys,
        Set<Context> where,
        String label,
        String help) {
    /** Headings of the help. */
    public enum Section {
        TASKS("Tasks"),
        TABLE("Table"),
        AGENT("Agent"),
        LOG("Log"),
        SCREEN("Screen"),
        MOVING("Moving");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        /** The heading. */
        public String title() {
            return title;
        }
    }

    /** How its first key is called; empty where it has none. */
    public String shown() {
        return keys.isEmpty() ? "" : KeyText.of(keys.getFirst());
    }

    /** How its keys are called, as many as fit into some columns, but the first in any case. */
    public String shown(int columns) {
        StringBuilder all = new StringBuilder(shown());
        for (int i = 1; i < keys.size(); i++) {
            String next = KeyText.of(keys.get(i));
            if (CellWidth.width(all) + 1 + CellWidth.width(next) <= columns) {
                all.append(' ').append(next);
            }
        }
        return all.toString();
    }

    /** The same with other keys, in some of its contexts. */
    Binding with(List<Key> others, Set<Context> there) {
        return new Binding(section, action, others, there, label, help);
    }

    /** The same under another label. */
    Binding labelled(String other) {
        return new Binding(section, action, keys, where, other, help);
    }

    public Binding {
        keys = List.copyOf(keys);
        where = Set.copyOf(where);
    }
}
