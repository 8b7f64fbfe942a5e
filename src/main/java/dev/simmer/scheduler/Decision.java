package dev.simmer.scheduler;

import dev.simmer.model.Reply;
import java.util.List;
import java.util.Optional;

/**
 * What follows from an event.
 *
 * @param state the new state
 * @param effects what to do, in this order
 * @param reply the answer, where the event was somebody's request
 */
public record Decision(State state, List<Effect> effects, Optional<Reply> reply) {
    public Decision {
        effects = List.copyOf(effects);
    }
}
