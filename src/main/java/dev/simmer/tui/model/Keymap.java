package dev.simmer.tui.model;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What keys mean: the dashboard's own table, changed by what the user wishes. Dispatch, footer,
 * help and palette read it, so that what is shown is what works. Immutable.
 */
public final class Keymap {
    /** The dashboard's own table. */
    public static final Keymap DEFAULT = new Keymap(Bindings.DEFAULTS, List.of());

    private final List<Binding> bindings;
    private final List<String> mistakes;
    private final Map<Context, Map<Key, Action>> meanings = new EnumMap<>(Context.class);

    Keymap(List<Binding> bindings, List<String> mistakes) {
        this.bindings = List.copyOf(bindings);
        this.mistakes = List.copyOf(mistakes);
        for (Context where : Context.values()) {
            Map<Key, Action> keys = new HashMap<>();
            for (Binding binding : this.bindings) {
                if (binding.where().contains(where)) {
                    binding.keys().forEach(key -> keys.putIfAbsent(key, binding.action()));
                }
            }
            meanings.put(where, keys);
        }
    }

    /** What a key means in a context. */
    public Optional<Action> action(Context where, Key key) {
        return Optional.ofNullable(meanings.getOrDefault(where, Map.of()).get(key));
    }

    /** Every binding, in the order in which the footer prefers them; some may have no key. */
    public List<Binding> bindings() {
        return bindings;
    }

    /** The first binding of an action that works in a context and has a key. */
    public Optional<Binding> binding(Context where, Action action) {
        return bindings.stream()
                .filter(each ->
                        each.action() == action
                                && each.where().contains(where)
                                && !each.keys().isEmpty())
                .findFirst();
    }

    /** How the first key of an action is called in a context; empty where it has none. */
    public String shown(Context where, Action action) {
        return binding(where, action).map(Binding::shown).orElse("");
    }

    /** What is wrong in the user's files, a line each, for people. */
    public List<String> mistakes() {
        return mistakes;
    }

    /** The same keys, with what is wrong in the user's files, first in that of keys. */
    public Keymap withMistakes(List<String> told) {
        return new Keymap(bindings, told);
    }
}
