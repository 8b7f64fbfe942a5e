package dev.simmer.tui.model;

import java.util.List;
import java.util.Set;

/**
 * A line of the key table.
 *
 * @param section under which heading the help lists it
 * @param action what it does
 * @param shown the keys as help and footer print them
 * @param keys the keys
 * @param where it works
 * @param label one or two words for the footer; empty: only in the help
 * @param help a sentence for the help; empty: only in the footer
 */
public record Binding(
        Section section,
        Action action,
        String shown,
        List<Key> keys,
        Set<Context> where,
        String label,
        String help) {
    /** Headings of the help. */
    public enum Section {
        TASKS("Tasks"),
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

    /** The same under another label. */
    Binding labelled(String other) {
        return new Binding(section, action, shown, keys, where, other, help);
    }

    public Binding {
        keys = List.copyOf(keys);
        where = Set.copyOf(where);
    }
}
