package dev.simmer.agent;

import dev.simmer.model.AgentStop;
import dev.simmer.model.Durations;
import dev.simmer.model.StopCause;
import java.util.Optional;

/**
 * Why an agent is being stopped.
 *
 * @param words with figures; may be empty
 */
record Stop(AgentStop why, String words) {
    /** What a cause means for an agent; empty where it says nothing about how it ended. */
    static Optional<Stop> of(StopCause cause) {
        return switch (cause) {
            case StopCause.User _ -> Optional.of(new Stop(AgentStop.ASKED, ""));
            case StopCause.Restart _ ->
                    Optional.of(new Stop(AgentStop.ASKED, "a new attempt takes its place"));
            case StopCause.FailFast(String failed) ->
                    Optional.of(new Stop(AgentStop.ASKED, "the task " + failed + " failed"));
            case StopCause.Evicted _ ->
                    Optional.of(new Stop(AgentStop.ASKED, "memory was short; it is queued again"));
            case StopCause.NotReady(var limit, _) ->
                    Optional.of(
                            new Stop(
                                    AgentStop.ASKED,
                                    "it was not ready after " + Durations.format(limit)));
            case StopCause.LogFull _ ->
                    Optional.of(new Stop(AgentStop.ASKED, "its output has outgrown its limit"));
            case StopCause.Timeout(var limit) ->
                    Optional.of(
                            new Stop(AgentStop.TIME, "the limit is " + Durations.format(limit)));
            case StopCause.Agent(AgentStop why, String words) -> Optional.of(new Stop(why, words));
            case StopCause.Leftovers _ -> Optional.empty();
        };
    }

    /**
     * The reason of a verdict that begins with why it was stopped, with the figures added there.
     */
    String told(String reason) {
        return reason.startsWith(why.words())
                ? why.words() + addition() + reason.substring(why.words().length())
                : reason;
    }

    /** The same as an addition to the words of a verdict; empty where nothing is to be added. */
    String addition() {
        return words.isEmpty() || why == AgentStop.LINGERING ? "" : " (" + words + ")";
    }
}
