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
 * @param known what was found for dialogs
 * @param draft the dialog that was left last
 */
public record Acting(
        List<Action> recent,
        List<String> typed,
        Optional<Cleaning> cleaning,
        Known known,
        Optional<Dialog> draft) {
    private static final int MOST = 50;

    /** Nothing was done yet. */
    static final Acting NOTHING =
            new Acting(List.of(), List.of(), Optional.empty(), Known.NOTHING, Optional.empty());

    public Acting {
        recent = List.copyOf(recent);
        typed = List.copyOf(typed);
    }

    Acting chosen(Action action) {
        return new Acting(newest(recent, action), typed, cleaning, known, draft);
    }

    Acting typed(String line) {
        return new Acting(recent, newest(typed, line), cleaning, known, draft);
    }

    Acting cleaning(Optional<Cleaning> now) {
        return new Acting(recent, typed, now, known, draft);
    }

    Acting known(Known now) {
        return new Acting(recent, typed, cleaning, now, draft);
    }

    Acting draft(Optional<Dialog> left) {
        return new Acting(recent, typed, cleaning, known, left);
    }

    Acting remembering(List<String> lines) {
        return new Acting(recent, lines, cleaning, known, draft);
    }

    /** A list in which something is the newest, once, and the oldest go where it is too long. */
    static <T> List<T> newest(List<T> list, T entry) {
        List<T> all = new ArrayList<>(list);
        all.remove(entry);
        all.add(entry);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
