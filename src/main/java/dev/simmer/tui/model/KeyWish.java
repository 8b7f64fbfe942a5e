package dev.simmer.tui.model;

import java.util.List;
import java.util.Optional;

/**
 * Keys that a user wants to mean something.
 *
 * @param action what they are to mean
 * @param where only there; empty: wherever the action has keys
 * @param keys instead of those that it has; none to take them away
 */
public record KeyWish(Action action, Optional<Context> where, List<Key> keys) {
    public KeyWish {
        keys = List.copyOf(keys);
    }
}
