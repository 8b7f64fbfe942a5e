package dev.simmer.tui.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A search of the log.
 *
 * @param query the text that is looked for
 * @param asked the question that awaits its answer; answers to other questions are ignored
 * @param wrapped whether that question goes on from the other end of the log
 * @param hit the start of the line that was found
 */
public record SearchState(
        String query, Optional<Cmd.Search> asked, boolean wrapped, OptionalLong hit) {

    SearchState asking(Cmd.Search question, boolean again) {
        return new SearchState(query, Optional.of(question), again, hit);
    }

    SearchState found(long offset) {
        return new SearchState(query, Optional.empty(), false, OptionalLong.of(offset));
    }

    SearchState missed() {
        return new SearchState(query, Optional.empty(), false, OptionalLong.empty());
    }
}
