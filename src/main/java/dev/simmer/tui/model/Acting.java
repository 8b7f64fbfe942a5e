package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What outlives the palette and the dialogs.
 *
 * @param recent actions that were chosen in the palette, the newest last
 * @param typed commands that were typed there, the newest last
 * @param cleaning what is being forgotten
 */
public record Acting(List<Action> recent, List<String> typed, Optional<Cleaning> cleaning) {
    private static final int MOST = 50;

    /** Nothing was done yet. */
    static final Acting NOTHING = new Acting(List.of(), List.of(), Optional.empty());

    public Acting {
        recent = List.copyOf(recent);
        typed = List.copyOf(typed);
    }

    Acting chosen(Action action) {
        return new Acting(newest(recent, action), typed, cleaning);
    }

    Acting typed(String line) {
        return new Acting(recent, newest(typed, line), cleaning);
    }

    Acting cleaning(Optional<Cleaning> now) {
        return new Acting(recent, typed, now);
    }

    /** A list in which something is the newest, once, and the oldest go where it is too long. */
    static <T> List<T> newest(List<T> list, T entry) {
        List<T> all = new ArrayList<>(list);
        all.remove(entry);
        all.add(entry);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
