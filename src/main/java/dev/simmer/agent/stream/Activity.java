package dev.simmer.agent.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an agent does now, as far as its stream tells. */
public sealed interface Activity {
    /** It has not said anything yet. */
    record Starting() implements Activity {}

    /**
     * It thinks, speaks or uses tools.
     *
     * @param doing the tool that runs and what it was called with; empty where none does
     */
    record Working(String doing) implements Activity {}

    /** The model answers, and has neither spoken nor called a tool yet. */
    record Thinking() implements Activity {}

    /**
     * A call of a tool has just been refused.
     *
     * @param call the tool, and what it was called with where that is known
     */
    record Refused(String call) implements Activity {}

    /** The model did not answer; it is asked again. See {@link AgentEvent.Retry}. */
    record Retrying(int attempt, int max, Duration delay, String why) implements Activity {}

    /** It waits for its account's limit. See {@link AgentEvent.RateLimited}. */
    record RateLimited(Optional<Instant> until, Duration delay, String why) implements Activity {
        /**
         * When it goes on, as far as is known.
         *
         * @param since when the event was seen that tells of the limit
         */
        public Optional<Instant> goesOn(Instant since) {
            return until.or(
                    () -> delay.isZero() ? Optional.empty() : Optional.of(since.plus(delay)));
        }
    }

    /** It waits for somebody to permit the call of a tool. */
    record NeedsPermission(String tool, String why) implements Activity {}

    /** Its terminal event has come. */
    record Over() implements Activity {}

    /** For people, in the form of a state's reason; without moments of time. */
    default String words() {
        return switch (this) {
            case Starting _ -> "starting";
            case Working(String doing) -> doing.isEmpty() ? "working" : doing;
            case Thinking _ -> "thinking";
            case Refused(String call) -> "refused: " + call;
            case Retrying(int attempt, int max, Duration _, String why) ->
                    "retrying the model ("
                            + attempt
                            + (max > 0 ? " of " + max : "")
                            + (why.isBlank() ? ")" : "): " + why);
            case RateLimited(_, _, String why) ->
                    "waiting at a rate limit" + (why.isBlank() ? "" : ": " + why);
            case NeedsPermission(String tool, String why) ->
                    "needs permission for " + tool + (why.isBlank() ? "" : ": " + why);
            case Over _ -> "ended";
        };
    }
}
