package dev.simmer.tui.model;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Durations;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** What an agent does and has come to, in words that are safe to print. Pure. */
public final class AgentWords {
    private AgentWords() {}

    /** What is known of the agent of a task that runs, where nothing outweighs it. */
    public static Optional<AgentRun> running(TaskView task) {
        boolean told = task.phase() == Phase.STARTING || task.phase() == Phase.RUNNING;
        return told ? task.agent() : Optional.empty();
    }

    /** Whether it waits for somebody who can do something about it, and not for a clock. */
    public static boolean wantsAttention(TaskView task) {
        return running(task).filter(run -> wantsAttention(run.state())).isPresent();
    }

    private static boolean wantsAttention(AgentRun.State state) {
        return switch (state) {
            case NEEDS_PERMISSION, SILENT -> true;
            case STARTING, WORKING, RETRYING, RATE_LIMITED, LINGERING, ENDED -> false;
        };
    }

    /** What somebody can do about it, the longest words first; empty where there is nothing. */
    static List<String> advice(AgentRun run) {
        return run.state() == AgentRun.State.NEEDS_PERMISSION
                ? List.of(
                        "nobody can answer here: stop it, allow the tool in its definition"
                                + " (tools:), start it again",
                        "stop it, allow the tool in its definition, start it again",
                        "stop it, allow the tool, restart")
                : List.of();
    }

    /** How an agent that has ended was judged; empty where its task's phase says more. */
    public static Optional<AgentVerdict> verdict(TaskView task) {
        boolean judged = task.phase() == Phase.SUCCEEDED || task.phase() == Phase.FAILED;
        return judged ? task.agent().flatMap(AgentRun::verdict) : Optional.empty();
    }

    /**
     * The state in a word, for a column.
     *
     * @param wide whether there are 16 columns for it, else 10
     */
    public static String state(TaskView task, boolean wide) {
        Optional<AgentRun> run = running(task);
        if (run.isPresent()) {
            return switch (run.get().state()) {
                case STARTING -> "starting";
                case WORKING -> "working";
                case RETRYING -> "retrying";
                case RATE_LIMITED -> "rate limit";
                case NEEDS_PERMISSION -> wide ? "needs permission" : "permission";
                case SILENT -> "silent";
                case LINGERING -> "lingering";
                case ENDED -> "ended";
            };
        }
        return verdict(task)
                .map(verdict ->
                        switch (verdict) {
                            case COMPLETED -> "completed";
                            case COMPLETED_WITH_DENIALS -> wide ? "with denials" : "denials";
                            case PARTIAL -> "partial";
                            case FAILED -> task.phase().word();
                        })
                .orElse(task.phase().word());
    }

    /** Why a task is in its state, without the state's own word in front. */
    public static String reason(TaskView task) {
        String reason = TerminalText.plain(task.reason());
        if (task.agent().isEmpty() || !task.phase().ended()) {
            return reason;
        }
        String why =
                switch (task.phase()) {
                    case SUCCEEDED -> without(reason, "with denials: ");
                    case FAILED -> without(reason, "partial: ");
                    default -> reason;
                };
        // How Simmer stopped it is said by the state, and here only why.
        boolean plain = task.phase() == Phase.KILLED;
        return plain && why.equals("stopped")
                ? ""
                : plain
                        ? without(without(why, "stopped: "), "stopped ")
                        : without(why, "stopped: ");
    }

    private static String without(String text, String start) {
        return text.startsWith(start) ? text.substring(start.length()) : text;
    }

    /** What it does, where the state stands beside it already; may be empty. */
    public static String brief(AgentRun run, Instant now, ZoneId zone) {
        String rest = rest(run);
        return switch (run.state()) {
            case STARTING -> rest.isEmpty() ? "no word from it yet" : rest;
            case WORKING, ENDED -> rest;
            case RETRYING -> joined(times(rest) + in(run, now), why(rest));
            case RATE_LIMITED -> joined(until(run, now, zone), rest);
            case NEEDS_PERMISSION -> rest.isEmpty() ? "to go on" : rest;
            case SILENT -> joined("for " + span(run.since(), now), rest);
            case LINGERING -> "ended " + span(run.since(), now) + " ago, and its program lives on";
        };
    }

    /** The same in a sentence of its own. */
    public static String full(AgentRun run, Instant now, ZoneId zone) {
        String brief = brief(run, now, zone);
        return switch (run.state()) {
            case STARTING -> joined("starting", brief);
            case WORKING -> joined("working", brief);
            case RETRYING -> "retrying the model" + (brief.isEmpty() ? "" : " " + brief);
            case RATE_LIMITED -> "waiting at a rate limit " + brief;
            case NEEDS_PERMISSION ->
                    "needs permission " + (brief.equals("to go on") ? brief : "for " + brief);
            case SILENT -> "silent " + brief;
            case LINGERING -> "lingering: " + brief;
            case ENDED -> joined("ended", brief);
        };
    }

    /** The words of the state itself, which {@link AgentRun#doing} may begin with. */
    private static String prefix(AgentRun.State state) {
        return switch (state) {
            case STARTING -> "starting";
            case WORKING -> "working";
            case RETRYING -> "retrying the model";
            case RATE_LIMITED -> "waiting at a rate limit";
            case NEEDS_PERMISSION -> "needs permission for";
            case SILENT -> "silent";
            case LINGERING, ENDED -> "ended";
        };
    }

    private static String rest(AgentRun run) {
        String doing = TerminalText.plain(run.doing()).strip();
        String prefix = prefix(run.state());
        boolean said =
                doing.startsWith(prefix)
                        && (doing.length() == prefix.length()
                                || !Character.isLetterOrDigit(doing.charAt(prefix.length())));
        if (!said) {
            return doing;
        }
        String rest = doing.substring(prefix.length()).strip();
        return rest.startsWith(":") ? rest.substring(1).strip() : rest;
    }

    static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
    }

    /** Of {@code (2 of 10): why} the figures. */
    private static String times(String rest) {
        int end = rest.startsWith("(") ? rest.indexOf(')') : -1;
        return end < 0 ? "" : rest.substring(1, end);
    }

    private static String why(String rest) {
        int end = rest.startsWith("(") ? rest.indexOf(')') : -1;
        String why = rest.substring(end + 1).strip();
        return why.startsWith(":") ? why.substring(1).strip() : why;
    }

    private static String in(AgentRun run, Instant now) {
        return run.until()
                .filter(until -> until.isAfter(now))
                .map(until -> ", in " + span(now, until))
                .orElse("");
    }

    private static String until(AgentRun run, Instant now, ZoneId zone) {
        if (run.until().isEmpty()) {
            return "for " + span(run.since(), now);
        }
        Instant until = run.until().get();
        String moment = "until " + moment(until, now, zone);
        return until.isAfter(now) ? moment + ", " + span(now, until) + " left" : moment + ", due";
    }

    /** The time of day, with the date where that is another one. */
    private static String moment(Instant when, Instant now, ZoneId zone) {
        ZonedDateTime at = when.atZone(zone);
        boolean today = at.toLocalDate().equals(now.atZone(zone).toLocalDate());
        String time = two(at.getHour()) + ":" + two(at.getMinute());
        return today ? time : two(at.getMonthValue()) + "-" + two(at.getDayOfMonth()) + " " + time;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** In whole seconds, since it goes on with a clock that ticks each second. */
    private static String span(Instant from, Instant to) {
        long seconds = Math.max(0, Duration.between(from, to).toSeconds());
        return seconds < 10 ? seconds + "s" : Durations.format(Duration.ofSeconds(seconds));
    }

    /** {@code 312}, {@code 12.3k}, {@code 123k}, {@code 4.5M}: five columns at most. */
    public static String tokens(long count) {
        if (count < 1_000) {
            return Long.toString(Math.max(0, count));
        }
        double figure = count;
        String unit = "";
        for (String next : new String[] {"k", "M", "G", "T", "P", "E"}) {
            figure /= 1_000;
            unit = next;
            // What would be rounded up to a thousand is one of the next unit.
            if (figure < 999.5) {
                break;
            }
        }
        if (figure >= 99.95) {
            return Math.round(figure) + unit;
        }
        long tenths = Math.round(10 * figure);
        return tenths / 10 + "." + tenths % 10 + unit;
    }

    /** Tokens in and out; empty where there are none. */
    public static String tokens(AgentRun run) {
        return run.tokensIn() == 0 && run.tokensOut() == 0
                ? ""
                : tokens(run.tokensIn()) + "/" + tokens(run.tokensOut());
    }

    /** {@code $0.04}, {@code ~$0.04} where it is reckoned; empty where it is not known. */
    public static String cost(AgentRun run) {
        if (run.costUsd().isEmpty()) {
            return "";
        }
        double usd = Math.max(0, run.costUsd().getAsDouble());
        String sign = run.costEstimated() ? "~" : "";
        if (usd > 0 && usd < 0.005) {
            return sign + "<$0.01";
        }
        long cents = Math.round(100 * usd);
        return sign
                + "$"
                + (usd < 999.5 ? cents / 100 + "." + two((int) (cents % 100)) : Math.round(usd));
    }

    /** All figures; empty where there are none yet. */
    static String figures(AgentRun run) {
        StringBuilder text = new StringBuilder();
        add(text, count(run.turns(), "turn"));
        add(text, count(run.tools(), "tool call"));
        if (!tokens(run).isEmpty()) {
            add(text, tokens(run.tokensIn()) + " tokens in");
            add(text, tokens(run.tokensOut()) + " out");
        }
        add(text, cost(run));
        return text.toString();
    }

    private static String count(int count, String what) {
        return count == 0 ? "" : count + " " + what + (count == 1 ? "" : "s");
    }

    private static void add(StringBuilder text, String piece) {
        text.append(text.isEmpty() || piece.isEmpty() ? "" : ", ").append(piece);
    }
}
