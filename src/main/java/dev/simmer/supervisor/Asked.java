package dev.simmer.supervisor;

import dev.simmer.model.Request;

/** What a message asks for, fully checked. */
sealed interface Asked {
    /** Who is there; the client's version is told for the log alone. */
    record Greeting(String client, long protocol) implements Asked {}

    /** All that there is to see. */
    record Look(TaskFilter filter) implements Asked {}

    /** All that there is to see, and then what changes. */
    record Subscribe(TaskFilter filter) implements Asked {}

    /** No more of that. */
    record Unsubscribe(long subscription) implements Asked {}

    /** Something for the engine. */
    record Act(Request request) implements Asked {}

    /** How the supervisor is. */
    record Status() implements Asked {}

    /** The end of the supervisor. */
    record Shutdown() implements Asked {}
}
