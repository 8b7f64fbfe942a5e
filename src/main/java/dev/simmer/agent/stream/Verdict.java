package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is to be thought of an agent's run: decided by what is there, not by what the agent says.
 *
 * <p>Completed needs a terminal event without any mark of an error, exit code 0 and a valid report.
 * A run without a terminal event has failed whatever its exit code: programs exit with 0 when they
 * are interrupted.
 *
 * @param reason in words, one line
 */
public record Verdict(AgentVerdict word, String reason) {
    /** What there is of a report. */
    public enum Report {
        /** The agent wrote a valid one. */
        WRITTEN,
        /** A valid one could be made from the agent's final words. */
        MADE,
        /** There is none, and the agent said nothing that one could be made from. */
        MISSING
    }

    /**
     * Judges a run that is over.
     *
     * @param tally of all its events, those of {@link StreamReader#end} included
     * @param exit how the program exited
     * @param report what there is of a report
     * @param stop why the program was stopped; empty where it ended by itself
     */
    public static Verdict of(
            Tally tally, ExitStatus exit, Report report, Optional<AgentStop> stop) {
        boolean lingered = stop.equals(Optional.of(AgentStop.LINGERING));
        if (stop.isPresent() && !lingered) {
            return new Verdict(AgentVerdict.FAILED, stop.get().words() + doing(tally));
        }
        if (tally.ended().isEmpty()) {
            return new Verdict(AgentVerdict.FAILED, withoutEnd(tally, exit));
        }
        Ended ended = tally.ended().get();
        if (!ended.ok()) {
            return withError(ended, report);
        }
        if (!lingered && !exit.equals(new ExitStatus.Code(0))) {
            return new Verdict(
                    report == Report.WRITTEN ? AgentVerdict.PARTIAL : AgentVerdict.FAILED,
                    "the agent said that it was done, but the program ended with " + exit.words());
        }
        if (report == Report.MISSING) {
            return new Verdict(
                    AgentVerdict.PARTIAL,
                    "the agent ended in order, but left neither report nor words");
        }
        return completed(tally, report, lingered);
    }

    private static Verdict completed(Tally tally, Report report, boolean lingered) {
        String how =
                report == Report.WRITTEN
                        ? "ended in order with a valid report"
                        : "ended in order; the report is made from its final words";
        String told = lingered ? how + "; " + AgentStop.LINGERING.words() : how;
        if (tally.denials().isEmpty()) {
            return new Verdict(AgentVerdict.COMPLETED, told);
        }
        return new Verdict(AgentVerdict.COMPLETED_WITH_DENIALS, told + "; " + denials(tally));
    }

    private static Verdict withError(Ended ended, Report report) {
        String what = ended.words().isBlank() ? "" : ": " + ended.words();
        return switch (ended.kind()) {
            case MAX_TURNS ->
                    new Verdict(AgentVerdict.PARTIAL, "it came to the end of its turns" + what);
            case BUDGET ->
                    new Verdict(AgentVerdict.PARTIAL, "it came to the end of its budget" + what);
            case RATE_LIMIT -> failed(report, "the account's rate limit was reached" + what);
            case AUTHENTICATION -> failed(report, "the model's server refused the access" + what);
            case ABORTED -> failed(report, "it was interrupted" + what);
            case COMPLETED, ERROR -> failed(report, "it ended with an error" + what);
        };
    }

    /** With an error at the end, what the agent had written before stays of use. */
    private static Verdict failed(Report report, String reason) {
        return report == Report.WRITTEN
                ? new Verdict(AgentVerdict.PARTIAL, reason + "; it had written a valid report")
                : new Verdict(AgentVerdict.FAILED, reason);
    }

    private static String withoutEnd(Tally tally, ExitStatus exit) {
        String how = "no terminal event; the program ended with " + exit.words();
        if (tally.stop().startsWith("tool")) {
            how += "; the model's last answer stopped with \"" + tally.stop() + "\", and no answer";
            how += " followed: perhaps a permission was refused";
        } else if (!tally.stop().isEmpty()) {
            how += "; the model's last answer stopped with \"" + tally.stop() + "\"";
        }
        if (!tally.denials().isEmpty()) {
            how += "; " + denials(tally);
        }
        how += doing(tally);
        return tally.complaint().isEmpty() ? how : how + "; its last words: " + tally.complaint();
    }

    private static String doing(Tally tally) {
        return switch (tally.now()) {
            case Activity.Working(String doing) ->
                    doing.isEmpty() ? "" : "; the tool that ran: " + doing;
            case Activity.Retrying _, Activity.RateLimited _, Activity.NeedsPermission _ ->
                    "; it was " + state(tally.now());
            case Activity.Starting _ -> "; it had not begun";
            case Activity.Over _ -> "";
        };
    }

    private static String state(Activity now) {
        return now instanceof Activity.NeedsPermission(String tool, _)
                ? "waiting for permission for " + tool
                : now.words();
    }

    private static String denials(Tally tally) {
        int count = tally.denials().size();
        String tools =
                tally.denials().stream()
                        .map(denied -> denied.tool().isBlank() ? "a tool" : denied.tool())
                        .distinct()
                        .limit(5)
                        .collect(Collectors.joining(", "));
        return (count == 1 ? "1 call was refused (" : count + " calls were refused (")
                + tools
                + ")";
    }
}
