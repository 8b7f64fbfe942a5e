package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is to be thought of an agent's run: decided by what is there, not by what the agent says.
 *
 * <p>Completed needs a terminal event without any mark of an error, exit code 0 and a valid report.
 * A run without a terminal event has failed whatever its exit code: programs exit with 0 when they
 * are interrupted.
 *
 * @param reason in words, one line, what matters most first: it is cut off where room is short
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
                    "the program ended with "
                            + exit.words()
                            + " after the agent had said that it was done");
        }
        if (report == Report.MISSING) {
            return new Verdict(
                    AgentVerdict.PARTIAL,
                    denials(tally)
                            + "neither report nor words were left, though it ended in order");
        }
        return completed(tally, report, lingered);
    }

    private static Verdict completed(Tally tally, Report report, boolean lingered) {
        String how =
                report == Report.WRITTEN
                        ? "ended in order with a valid report"
                        : "ended in order; the report is made from its final words";
        String told = lingered ? AgentStop.LINGERING.words() + "; it " + how : how;
        return new Verdict(
                tally.denials().isEmpty()
                        ? AgentVerdict.COMPLETED
                        : AgentVerdict.COMPLETED_WITH_DENIALS,
                denials(tally) + told);
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
        List<String> why = new ArrayList<>();
        String last = tally.complaint().isEmpty() ? "" : "its last words: " + tally.complaint();
        boolean begun = !(tally.now() instanceof Activity.Starting);
        if (!begun) {
            // Then they say why it could not begin.
            why.add(last);
        }
        why.add(waiting(tally));
        why.add(
                tally.wentOn()
                        ? "it went on after its end and gave no second one"
                        : "no terminal event");
        why.add("the program ended with " + exit.words());
        if (!tally.stop().isEmpty()) {
            String stopped = "the model's last answer stopped with \"" + tally.stop() + "\"";
            why.add(
                    tally.stop().startsWith("tool")
                            ? stopped + ", and no answer followed: perhaps a permission was refused"
                            : stopped);
        }
        why.add(tool(tally));
        why.add(begun ? last : "it had not begun");
        why.removeIf(String::isEmpty);
        return denials(tally) + String.join("; ", why);
    }

    /** What it was waiting for; empty where for nothing. */
    private static String waiting(Tally tally) {
        return switch (tally.now()) {
            case Activity.Retrying _, Activity.RateLimited _ -> "it was " + tally.now().words();
            case Activity.NeedsPermission(String tool, _) ->
                    "it was waiting for permission for " + tool;
            case Activity.Starting _,
                    Activity.Working _,
                    Activity.Thinking _,
                    Activity.Refused _,
                    Activity.Over _ ->
                    "";
        };
    }

    /** The tool that ran; empty where none did. */
    private static String tool(Tally tally) {
        return tally.now() instanceof Activity.Working(String doing) && !doing.isEmpty()
                ? "the tool that ran: " + doing
                : "";
    }

    /** What a program did that was stopped, to be put behind the reason for that. */
    private static String doing(Tally tally) {
        String doing =
                tally.now() instanceof Activity.Starting
                        ? "it had not begun"
                        : waiting(tally) + tool(tally);
        return doing.isEmpty() ? "" : "; " + doing;
    }

    /** To be put before the rest; empty where nothing was refused. */
    private static String denials(Tally tally) {
        int count = tally.denials().size();
        if (count == 0) {
            return "";
        }
        String tools =
                tally.denials().stream()
                        .map(denied -> denied.tool().isBlank() ? "a tool" : denied.tool())
                        .distinct()
                        .limit(5)
                        .collect(Collectors.joining(", "));
        return (count == 1 ? "1 call was refused (" : count + " calls were refused (")
                + tools
                + "); ";
    }
}
