package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What outlives the palette and the dialogs.
 *
 * @param recent actions that were chosen in the palette, the newest last
 * @param typed commands that were typed there, the newest last
 */
public record Acting(List<Action> recent, List<String> typed) {
    private static final int MOST = 50;

    /** Nothing was done yet. */
    static final Acting NOTHING = new Acting(List.of(), List.of());

    public Acting {
        recent = List.copyOf(recent);
        typed = List.copyOf(typed);
    }

    Acting chosen(Action action) {
        return new Acting(newest(recent, action), typed);
    }

    Acting typed(String line) {
        return new Acting(recent, newest(typed, line));
    }

    /** A list in which something is the newest, once, and the oldest go where it is too long. */
    static <T> List<T> newest(List<T> list, T entry) {
        List<T> all = new ArrayList<>(list);
        all.remove(entry);
        all.add(entry);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
