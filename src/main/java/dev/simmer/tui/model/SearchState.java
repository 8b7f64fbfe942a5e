package dev.simmer.tui.model;

import dev.simmer.logs.LogSearch;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A search of the log.
 *
 * @param sought what is looked for
 * @param asked the question that awaits its answer; answers to other questions are ignored
 * @param wrapped whether that question goes on from the other end of the log
 * @param hit the start of the line that was found
 * @param hits the first lines that match, once they have been counted
 */
public record SearchState(
        Sought sought,
        Optional<Cmd.Search> asked,
        boolean wrapped,
        OptionalLong hit,
        Optional<LogSearch.Hits> hits) {

    /** A search that has not found anything yet. */
    static SearchState of(Sought sought) {
        return new SearchState(
                sought, Optional.empty(), false, OptionalLong.empty(), Optional.empty());
    }

    SearchState asking(Cmd.Search question, boolean again) {
        return new SearchState(sought, Optional.of(question), again, hit, hits);
    }

    SearchState found(long offset) {
        return new SearchState(sought, Optional.empty(), false, OptionalLong.of(offset), hits);
    }

    SearchState missed() {
        return new SearchState(sought, Optional.empty(), false, OptionalLong.empty(), hits);
    }

    SearchState counted(LogSearch.Hits all) {
        return new SearchState(sought, asked, wrapped, hit, Optional.of(all));
    }

    /** Whether the lines that match have to be counted, again where the log has grown. */
    boolean uncounted() {
        return hit.isPresent() && hits.filter(known -> known.more() || place(known) > 0).isEmpty();
    }

    private int place(LogSearch.Hits known) {
        return 1 + Collections.binarySearch(known.offsets(), hit.orElse(-1));
    }

    /** Which of how many, such as {@code 3 of 17}; empty as long as that is not known. */
    public String count() {
        if (hits.isEmpty() || hit.isEmpty()) {
            return "";
        }
        LogSearch.Hits known = hits.get();
        int place = place(known);
        int all = known.offsets().size();
        String of = String.format(java.util.Locale.ROOT, "%,d", all) + (known.more() ? "+" : "");
        return place > 0 ? place + " of " + of : "of " + of;
    }
}
