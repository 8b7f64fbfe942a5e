package dev.simmer.json;

import dev.simmer.model.AgentStop;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Outcome;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopCause;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How things end in JSON; {@code type} says which variant it is. */
public final class OutcomeJson {
    private static final String TYPE = "type";

    private OutcomeJson() {}

    /** Writes the members of an outcome. */
    public static void write(JsonObject to, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded() -> to.put(TYPE, "succeeded");
            case Outcome.ExitedWith(int code) -> to.put(TYPE, "exited-with").put("code", code);
            case Outcome.DiedOf(int signal) -> to.put(TYPE, "died-of").put("signal", signal);
            case Outcome.AgentEnded(AgentVerdict verdict, String why, OptionalInt code) -> {
                to.put(TYPE, "agent-ended").putWord("verdict", verdict).put("why", why);
                if (code.isPresent()) {
                    to.put("code", code.getAsInt());
                }
            }
            case Outcome.NotStarted(StartFailure(StartFailure.Cause cause, String text)) ->
                    to.put(TYPE, "not-started").putWord("cause", cause).put("text", text);
            case Outcome.NotReady(Duration limit, String probe) ->
                    to.put(TYPE, "not-ready").putMillis("limit_ms", limit).put("probe", probe);
            case Outcome.Stopped(String why) -> to.put(TYPE, "stopped").put("why", why);
            case Outcome.TimedOut(Duration limit) ->
                    to.put(TYPE, "timed-out").putMillis("limit_ms", limit);
            case Outcome.LogFull(long limitBytes, boolean byChoice) ->
                    to.put(TYPE, "log-full")
                            .put("limit_bytes", limitBytes)
                            .put("by_choice", byChoice);
            case Outcome.Evicted(long usedBytes, long expectedBytes) ->
                    to.put(TYPE, "evicted")
                            .put("used_bytes", usedBytes)
                            .put("expected_bytes", expectedBytes);
            case Outcome.OutOfMemory(long peakBytes, OptionalLong limitBytes) -> {
                to.put(TYPE, "out-of-memory").put("peak_bytes", peakBytes);
                if (limitBytes.isPresent()) {
                    to.put("limit_bytes", limitBytes.getAsLong());
                }
            }
            case Outcome.Skipped(String why) -> to.put(TYPE, "skipped").put("why", why);
            case Outcome.Lost(String why) -> to.put(TYPE, "lost").put("why", why);
        }
    }

    /** What {@link #write(JsonObject, Outcome)} wrote. */
    public static Outcome outcome(JsonMembers from) throws JsonFault {
        String type = from.text(TYPE);
        return switch (type) {
            case "succeeded" -> new Outcome.Succeeded();
            case "exited-with" -> new Outcome.ExitedWith(from.count("code"));
            case "died-of" -> new Outcome.DiedOf(from.count("signal"));
            case "agent-ended" ->
                    new Outcome.AgentEnded(
                            from.word("verdict", AgentVerdict.values()),
                            from.text("why", ""),
                            from.countIfAny("code"));
            case "not-started" -> new Outcome.NotStarted(startFailure(from));
            case "not-ready" ->
                    new Outcome.NotReady(from.duration("limit_ms"), from.text("probe", ""));
            case "stopped" -> new Outcome.Stopped(from.text("why", ""));
            case "timed-out" -> new Outcome.TimedOut(from.duration("limit_ms"));
            case "log-full" ->
                    new Outcome.LogFull(from.whole("limit_bytes"), from.flag("by_choice", true));
            case "evicted" ->
                    new Outcome.Evicted(
                            from.whole("used_bytes", 0), from.whole("expected_bytes", 0));
            case "out-of-memory" ->
                    new Outcome.OutOfMemory(
                            from.whole("peak_bytes", 0),
                            from.has("limit_bytes")
                                    ? OptionalLong.of(from.whole("limit_bytes"))
                                    : OptionalLong.empty());
            case "skipped" -> new Outcome.Skipped(from.text("why", ""));
            case "lost" -> new Outcome.Lost(from.text("why", ""));
            default -> throw from.unknown(TYPE, type);
        };
    }

    private static StartFailure startFailure(JsonMembers from) throws JsonFault {
        return new StartFailure(
                from.word("cause", StartFailure.Cause.values(), StartFailure.Cause.OTHER),
                from.text("text", ""));
    }

    /** Writes the members of an exit status. */
    public static void write(JsonObject to, ExitStatus status) {
        switch (status) {
            case ExitStatus.Code(int value) -> to.put("code", value);
            case ExitStatus.Signaled(int number) -> to.put("signal", number);
            case ExitStatus.Unknown(String why) -> to.put("unknown", why);
        }
    }

    /** What {@link #write(JsonObject, ExitStatus)} wrote. */
    public static ExitStatus exitStatus(JsonMembers from) throws JsonFault {
        if (from.has("code")) {
            return new ExitStatus.Code(from.count("code"));
        }
        if (from.has("signal")) {
            return new ExitStatus.Signaled(from.count("signal"));
        }
        return new ExitStatus.Unknown(from.text("unknown"));
    }

    /** Writes the members of a reason to stop. */
    public static void write(JsonObject to, StopCause cause) {
        switch (cause) {
            case StopCause.User() -> to.put(TYPE, "user");
            case StopCause.Restart() -> to.put(TYPE, "restart");
            case StopCause.Timeout(Duration limit) ->
                    to.put(TYPE, "timeout").putMillis("limit_ms", limit);
            case StopCause.NotReady(Duration limit, String probe) ->
                    to.put(TYPE, "not-ready").putMillis("limit_ms", limit).put("probe", probe);
            case StopCause.FailFast(String task) ->
                    to.put(TYPE, "fail-fast").put("failed_task", task);
            case StopCause.LogFull(long limitBytes, boolean byChoice) ->
                    to.put(TYPE, "log-full")
                            .put("limit_bytes", limitBytes)
                            .put("by_choice", byChoice);
            case StopCause.Evicted(long usedBytes) ->
                    to.put(TYPE, "evicted").put("used_bytes", usedBytes);
            case StopCause.Agent(AgentStop why, String words) ->
                    to.put(TYPE, "agent").putWord("why", why).put("words", words);
            case StopCause.Leftovers(ExitStatus status) ->
                    to.put(TYPE, "leftovers").putObject("status", status, OutcomeJson::write);
        }
    }

    /** What {@link #write(JsonObject, StopCause)} wrote. */
    public static StopCause stopCause(JsonMembers from) throws JsonFault {
        String type = from.text(TYPE);
        return switch (type) {
            case "user" -> new StopCause.User();
            case "restart" -> new StopCause.Restart();
            case "timeout" -> new StopCause.Timeout(from.duration("limit_ms"));
            case "not-ready" ->
                    new StopCause.NotReady(from.duration("limit_ms"), from.text("probe", ""));
            case "fail-fast" -> new StopCause.FailFast(from.text("failed_task", ""));
            case "log-full" ->
                    new StopCause.LogFull(from.whole("limit_bytes"), from.flag("by_choice", true));
            case "evicted" -> new StopCause.Evicted(from.whole("used_bytes", 0));
            case "agent" ->
                    new StopCause.Agent(
                            from.word("why", AgentStop.values(), AgentStop.ASKED),
                            from.text("words", ""));
            case "leftovers" ->
                    new StopCause.Leftovers(from.read("status", OutcomeJson::exitStatus));
            default -> throw from.unknown(TYPE, type);
        };
    }
}
