package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Turn;
import java.util.List;

/**
 * Finds where the model begins an answer in a stream that does not say it: with the first thing it
 * does, and with the first that follows the result of a tool.
 */
final class AnswerCount {
    private boolean answering;

    /** The model does something. */
    void answer(List<AgentEvent> to) {
        if (!answering) {
            answering = true;
            to.add(new Turn());
        }
    }

    /** The model is given something. */
    void given() {
        answering = false;
    }

    boolean answering() {
        return answering;
    }
}
