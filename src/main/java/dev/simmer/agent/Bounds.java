package dev.simmer.agent;

import dev.simmer.agent.runner.ToolCheck;
import dev.simmer.agent.stream.Activity;
import dev.simmer.agent.stream.AgentEvent;
import dev.simmer.agent.stream.Tally;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentStop;
import dev.simmer.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What an agent must not go beyond. Decides, and does nothing. */
record Bounds(AgentSpec.Tools tools, AgentSpec.Limits limits, Duration linger) {
    /**
     * Whether an agent that runs is to be stopped.
     *
     * @param otherTools why its tools are not those that were asked for, see {@link #otherTools}
     * @param quiet how long it has said nothing that it could have said, or has been at its end
     * @param now by the wall clock, in which programs tell until when they wait
     */
    Optional<Stop> beyond(Tally tally, Optional<String> otherTools, Duration quiet, Instant now) {
        if (tally.ended().isPresent()) {
            return quiet.compareTo(linger) >= 0
                    ? stop(
                            AgentStop.LINGERING,
                            "it has been at its end for " + Durations.format(linger))
                    : Optional.empty();
        }
        if (otherTools.isPresent()) {
            return stop(AgentStop.TOOLS, otherTools.get());
        }
        if (limits.turns().isPresent() && tally.turns() > limits.turns().getAsInt()) {
            return stop(
                    AgentStop.TURNS,
                    "it began turn " + tally.turns() + " of " + limits.turns().getAsInt());
        }
        double spent = tally.spend().costUsd().orElse(0);
        if (limits.budgetUsd().isPresent() && spent > limits.budgetUsd().getAsDouble()) {
            return stop(
                    AgentStop.BUDGET,
                    String.format(
                            Locale.ROOT,
                            "it has cost $%.2f of $%.2f",
                            spent,
                            limits.budgetUsd().getAsDouble()));
        }
        if (limits.silence().isPresent()
                && quiet.compareTo(limits.silence().get()) >= 0
                && !waits(tally.now(), quiet, now)) {
            return stop(
                    AgentStop.SILENCE, "the limit is " + Durations.format(limits.silence().get()));
        }
        return Optional.empty();
    }

    /**
     * Why its tools are not those that were asked for; empty where they are.
     *
     * @param started what its program said about its beginning
     */
    Optional<String> otherTools(Optional<AgentEvent.Started> started) {
        return started.flatMap(each -> ToolCheck.mismatch(tools, each));
    }

    /** Whether it has said until when it will say nothing. */
    private static boolean waits(Activity activity, Duration quiet, Instant now) {
        return switch (activity) {
            case Activity.RateLimited limited ->
                    limited.until().map(now::isBefore).orElse(false)
                            || limited.delay().compareTo(quiet) > 0;
            case Activity.Retrying retrying -> retrying.delay().compareTo(quiet) > 0;
            case Activity.Starting _,
                    Activity.Working _,
                    Activity.Thinking _,
                    Activity.Refused _,
                    Activity.NeedsPermission _,
                    Activity.Over _ ->
                    false;
        };
    }

    private static Optional<Stop> stop(AgentStop why, String words) {
        return Optional.of(new Stop(why, words));
    }
}
