package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the table of keys that a user wishes. What cannot be is left out and told: a key for two
 * actions in one context, a letter where letters are typed, a context that nothing leads out of.
 * Each round leaves one thing out and begins anew, as without it other keys may be free.
 */
public final class KeyWishes {
    private static final Set<Action> WAYS_OUT = EnumSet.of(Action.BACK, Action.CANCEL, Action.QUIT);

    private final List<KeyWish> wishes;
    private final List<List<Key>> kept = new ArrayList<>();
    private final Set<Integer> dropped = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    private KeyWishes(List<KeyWish> wishes) {
        this.wishes = wishes;
        wishes.forEach(wish -> kept.add(new ArrayList<>(wish.keys())));
    }

    /**
     * A part of a wish that cannot be.
     *
     * @param wish the wish's place in the list
     * @param key the key's place in the wish; -1: it is about the wish as a whole
     * @param wrong what is wrong
     * @param right what would be right
     */
    public record Fault(int wish, int key, String wrong, String right) {}

    /** What came of the wishes. */
    public record Applied(Keymap keymap, List<Fault> faults) {
        public Applied {
            faults = List.copyOf(faults);
        }
    }

    /** Applies wishes to the dashboard's own table; a later one for the same thing wins. */
    public static Applied apply(List<KeyWish> wishes) {
        return new KeyWishes(List.copyOf(wishes)).applied();
    }

    private Applied applied() {
        for (int i = 0; i < wishes.size(); i++) {
            if (reach(wishes.get(i)).isEmpty()) {
                KeyWish wish = wishes.get(i);
                drop(
                        i,
                        -1,
                        quoted(wish.action())
                                + " does nothing in "
                                + wish.where().map(Context::words).orElse("the dashboard"),
                        "");
            }
        }
        List<Binding> bindings = bindings();
        while (leaveOut(bindings)) {
            bindings = bindings();
        }
        return new Applied(new Keymap(bindings, List.of()), faults);
    }

    /** The contexts in which a wish changes keys. */
    private static Set<Context> reach(KeyWish wish) {
        Set<Context> reach = EnumSet.noneOf(Context.class);
        for (Binding binding : Bindings.DEFAULTS) {
            if (binding.action() == wish.action()) {
                reach.addAll(binding.where());
            }
        }
        wish.where().ifPresent(only -> reach.retainAll(Set.of(only)));
        return reach;
    }

    /** The wish that decides on an action in a context; -1: none. */
    private int deciding(Action action, Context where) {
        int found = -1;
        boolean exact = false;
        for (int i = 0; i < wishes.size(); i++) {
            KeyWish wish = wishes.get(i);
            boolean there = wish.where().isEmpty() || wish.where().get() == where;
            if (dropped.contains(i) || wish.action() != action || !there) {
                continue;
            }
            if (wish.where().isPresent() || !exact) {
                found = i;
                exact = wish.where().isPresent();
            }
        }
        return found;
    }

    private List<Binding> bindings() {
        List<Binding> all = new ArrayList<>();
        Set<List<Object>> decided = new HashSet<>();
        for (Binding binding : Bindings.DEFAULTS) {
            Map<List<Key>, Set<Context>> groups = new LinkedHashMap<>();
            for (Context where : Context.values()) {
                if (!binding.where().contains(where)) {
                    continue;
                }
                int wish = deciding(binding.action(), where);
                boolean first = wish < 0 || decided.add(List.of(binding.action(), where));
                List<Key> keys =
                        wish < 0 ? binding.keys() : first ? List.copyOf(kept.get(wish)) : List.of();
                groups.computeIfAbsent(keys, _ -> EnumSet.noneOf(Context.class)).add(where);
            }
            groups.forEach((keys, there) -> all.add(binding.with(keys, there)));
        }
        return all;
    }

    /** Leaves out the first thing that cannot be; whether there was one. */
    private boolean leaveOut(List<Binding> bindings) {
        for (Context where : Context.values()) {
            if (twice(bindings, where) || typed(bindings, where) || closed(bindings, where)) {
                return true;
            }
        }
        return false;
    }

    private boolean twice(List<Binding> bindings, Context where) {
        Map<Key, Action> seen = new HashMap<>();
        for (Binding binding : bindings) {
            for (Key key : binding.where().contains(where) ? binding.keys() : List.<Key>of()) {
                Action other = seen.putIfAbsent(key, binding.action());
                if (other == null || other == binding.action()) {
                    continue;
                }
                // Of two wishes the later one is told of; a wish rather than what was there.
                int one = deciding(binding.action(), where);
                int two = deciding(other, where);
                Action taken = one > two ? other : binding.action();
                int wish = Math.max(one, two);
                drop(
                        wish,
                        wishes.get(wish).keys().indexOf(key),
                        "`"
                                + KeyText.of(key)
                                + "` is "
                                + quoted(taken)
                                + " too, in "
                                + where.words(),
                        "give one of them another key, or "
                                + quoted(taken)
                                + " none by `"
                                + taken.word()
                                + ": none`");
                return true;
            }
        }
        return false;
    }

    private boolean typed(List<Binding> bindings, Context where) {
        if (!where.types()) {
            return false;
        }
        for (Binding binding : bindings) {
            int wish = deciding(binding.action(), where);
            if (wish < 0 || !binding.where().contains(where)) {
                continue;
            }
            for (Key key : binding.keys()) {
                if (key.types()) {
                    drop(
                            wish,
                            wishes.get(wish).keys().indexOf(key),
                            "`" + KeyText.of(key) + "` is typed in " + where.words(),
                            "take a key that types nothing, such as `Ctrl+K`");
                    return true;
                }
            }
        }
        return false;
    }

    private boolean closed(List<Binding> bindings, Context where) {
        Set<Action> out = where.isMain() ? Set.of(Action.QUIT) : WAYS_OUT;
        int culprit = -1;
        for (Binding binding : bindings) {
            if (!binding.where().contains(where) || !out.contains(binding.action())) {
                continue;
            }
            if (!binding.keys().isEmpty()) {
                return false;
            }
            culprit = Math.max(culprit, deciding(binding.action(), where));
        }
        if (culprit < 0) {
            return false;
        }
        drop(
                culprit,
                -1,
                "nothing would lead out of " + where.words() + " any more",
                "leave " + quoted(wishes.get(culprit).action()) + " a key");
        return true;
    }

    /** Leaves out a key of a wish, or all of it; without any key the wish is no more. */
    private void drop(int wish, int key, String wrong, String right) {
        faults.add(new Fault(wish, key, wrong, right));
        List<Key> keys = kept.get(wish);
        if (key >= 0) {
            keys.remove(wishes.get(wish).keys().get(key));
        }
        if (key < 0 || keys.isEmpty()) {
            boolean _ = dropped.add(wish);
        }
    }

    private static String quoted(Action action) {
        return "`" + action.word() + "`";
    }
}
