package dev.simmer.supervisor;

import dev.simmer.model.Reply;
import dev.simmer.model.Snapshot;

/** What a client that watches hears from its supervisor. */
sealed interface Heard {
    /** A part of a state that is not complete yet. */
    record Part() implements Heard {}

    /** A state, complete. */
    record State(Snapshot snapshot) implements Heard {}

    /** The supervisor ends because somebody asked it to. */
    record Ending() implements Heard {}

    /** The answer to a request. */
    record Answer(long id, Reply reply) implements Heard {}
}
