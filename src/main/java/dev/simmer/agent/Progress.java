package dev.simmer.agent;

import dev.simmer.agent.stream.Activity;
import dev.simmer.agent.stream.Spend;
import dev.simmer.agent.stream.Tally;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes what is shown of a run from what is known of it. For one thread at a time. */
final class Progress {
    private static final Activity IDLE = new Activity.Working("");

    private final Duration silent;
    private final Duration lingering;
    private final String session;
    private AgentRun.State state = AgentRun.State.STARTING;
    private Activity activity = new Activity.Starting();
    private Instant since;

    /**
     * @param silent after so long without a word it counts as silent
     * @param lingering after so long at its end it counts as lingering
     * @param session the id of its program's session, where it was chosen for it; else empty
     */
    private Progress(Duration silent, Duration lingering, String session, Instant began) {
        this.silent = silent;
        this.lingering = lingering;
        this.session = session;
        this.since = began;
    }

    /** Of an attempt that has said nothing yet. */
    static Progress of(AgentLaunch agent, AgentTiming timing, Instant began) {
        return new Progress(timing.silent(), timing.lingering(), agent.session().orElse(""), began);
    }

    /**
     * What it does now.
     *
     * @param quiet how long it has said nothing, or has been at its end
     */
    AgentRun now(Tally tally, Duration quiet, Instant now, List<String> notes) {
        AgentRun.State next = state(tally, quiet);
        if (next != state || !tally.now().equals(activity)) {
            state = next;
            activity = tally.now();
            since = now.minus(quiet);
        }
        String doing =
                switch (state) {
                    case STARTING -> "";
                    case SILENT ->
                            activity.equals(IDLE) || activity instanceof Activity.Starting
                                    ? ""
                                    : activity.words();
                    case LINGERING -> "ended, and its program lives on";
                    case WORKING, RETRYING, RATE_LIMITED, NEEDS_PERMISSION, ENDED ->
                            activity.words();
                };
        Optional<Instant> until =
                activity instanceof Activity.RateLimited limited
                        ? limited.goesOn(since)
                        : activity instanceof Activity.Retrying(_, _, Duration delay, _)
                                        && !delay.isZero()
                                ? Optional.of(since.plus(delay))
                                : Optional.empty();
        return run(
                state,
                doing,
                since,
                until,
                tally,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                notes);
    }

    /** Before its program has been started. */
    AgentRun starting(String doing) {
        return run(
                AgentRun.State.STARTING,
                doing,
                since,
                Optional.empty(),
                Tally.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private AgentRun.State state(Tally tally, Duration quiet) {
        if (tally.ended().isPresent()) {
            return quiet.compareTo(lingering) >= 0
                    ? AgentRun.State.LINGERING
                    : AgentRun.State.WORKING;
        }
        boolean still = quiet.compareTo(silent) >= 0;
        return switch (tally.now()) {
            case Activity.Starting _ -> still ? AgentRun.State.SILENT : AgentRun.State.STARTING;
            case Activity.Working _, Activity.Thinking _, Activity.Refused _, Activity.Over _ ->
                    still ? AgentRun.State.SILENT : AgentRun.State.WORKING;
            case Activity.Retrying _ -> AgentRun.State.RETRYING;
            case Activity.RateLimited _ -> AgentRun.State.RATE_LIMITED;
            case Activity.NeedsPermission _ -> AgentRun.State.NEEDS_PERMISSION;
        };
    }

    /** How it ended. */
    AgentEnding ended(
            Tally tally,
            AgentVerdict verdict,
            String why,
            Optional<Path> report,
            Optional<Path> diff,
            Instant at,
            List<String> notes) {
        String line = TerminalText.plain(why.replace('\n', ' '));
        return new AgentEnding(
                verdict,
                line,
                run(
                        AgentRun.State.ENDED,
                        "",
                        at,
                        Optional.empty(),
                        tally,
                        Optional.of(verdict),
                        report,
                        diff,
                        notes));
    }

    private AgentRun run(
            AgentRun.State as,
            String doing,
            Instant from,
            Optional<Instant> until,
            Tally tally,
            Optional<AgentVerdict> verdict,
            Optional<Path> report,
            Optional<Path> diff,
            List<String> notes) {
        Spend spend = tally.spend();
        return new AgentRun(
                as,
                doing,
                from,
                until,
                tally.turns(),
                tally.tools(),
                spend.tokensIn(),
                spend.tokensOut(),
                spend.costUsd(),
                spend.estimate(),
                tally.sessionId().isEmpty() ? session : tally.sessionId(),
                verdict,
                report,
                diff,
                notes);
    }
}
