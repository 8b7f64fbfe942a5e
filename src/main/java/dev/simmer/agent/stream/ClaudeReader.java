package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.LimitOver;
import dev.simmer.agent.stream.AgentEvent.NeedsPermission;
import dev.simmer.agent.stream.AgentEvent.Notice;
import dev.simmer.agent.stream.AgentEvent.RateLimited;
import dev.simmer.agent.stream.AgentEvent.Retry;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.Thinking;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Turn;
import dev.simmer.agent.stream.AgentEvent.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The stream of {@code claude -p --output-format stream-json --verbose}. */
final class ClaudeReader extends StreamReader {
    /** The year 2100: a moment after it is none. */
    private static final long LAST_SECOND = 4_102_444_800L;

    /** Events that say nothing that people wait for. */
    private static final Set<String> QUIET =
            Set.of(
                    "task_started",
                    "task_notification",
                    "task_progress",
                    "task_updated",
                    "status",
                    "hook_started",
                    "hook_response",
                    "hook_progress");

    /** Messages that have been counted: one comes as several events, each with all its usage. */
    private final Ids messages = new Ids();

    private final Ids denied = new Ids();

    /** Whether the account's limit was last told to be reached. */
    private boolean rejected;

    @Override
    boolean event(String type, Node event, List<AgentEvent> to) {
        return switch (type) {
            case "system" -> system(event, to);
            case "assistant" -> assistant(event, to);
            case "user" -> user(event, to);
            case "result" -> result(event, to);
            case "rate_limit_event" -> rateLimit(event.at("rate_limit_info"), to);
            case "control_request" -> permission(event.at("request"), to);
            case "stream_event" -> {
                to.add(new Thinking());
                yield true;
            }
            case "tool_progress", "keep_alive" -> true;
            default -> false;
        };
    }

    private boolean system(Node event, List<AgentEvent> to) {
        switch (event.text("subtype")) {
            case "init" ->
                    to.add(
                            new Started(
                                    event.text("session_id"),
                                    event.text("model"),
                                    event.at("tools").exists()
                                            ? Optional.of(event.texts("tools"))
                                            : Optional.empty()));
            case "api_retry" -> retry(event, to);
            case "permission_denied" ->
                    denied(
                            event.text("tool_use_id"),
                            event.text("tool_name"),
                            event.text("message"),
                            to);
            case "thinking_tokens" -> to.add(new Thinking());
            default -> {
                return QUIET.contains(event.text("subtype"));
            }
        }
        return true;
    }

    private static void retry(Node event, List<AgentEvent> to) {
        int attempt = (int) Math.min(event.count("attempt"), 1_000_000);
        int max = (int) Math.min(event.count("max_retries"), 1_000_000);
        Duration delay = Duration.ofMillis(event.count("retry_delay_ms"));
        long status = event.count("error_status");
        String why = event.text("error") + (status > 0 ? " (" + status + ")" : "");
        if (status == 429) {
            String which = max > 0 ? " of " + max : "";
            why = why.strip() + ", attempt " + attempt + which;
            to.add(new RateLimited(Optional.empty(), delay, why));
        } else {
            to.add(new Retry(attempt, max, delay, why.strip()));
        }
    }

    private boolean assistant(Node event, List<AgentEvent> to) {
        Node message = event.at("message");
        if (!message.isObject()) {
            return false;
        }
        String id = message.text("id");
        // What the program itself says in the model's name.
        boolean synthetic = message.text("model").equals("<synthetic>");
        if (!synthetic && (id.isEmpty() || messages.add(id))) {
            to.add(new Turn());
            to.add(usage(message.at("usage"), OptionalDouble.empty(), false));
        }
        for (Node part : message.items("content")) {
            switch (part.text("type")) {
                case "text" -> to.add(new Text(part.text("text"), false));
                case "tool_use", "server_tool_use", "mcp_tool_use" ->
                        to.add(
                                new ToolStarted(
                                        part.text("id"),
                                        part.text("name"),
                                        ToolSummary.of(part.at("input"))));
                default -> {
                    if (!synthetic) {
                        to.add(new Thinking());
                    }
                }
            }
        }
        return true;
    }

    /** Input tokens are given without what was read from and written to the cache. */
    private static Usage usage(Node usage, OptionalDouble cost, boolean total) {
        long read = usage.count("cache_read_input_tokens");
        long in = usage.count("input_tokens") + read + usage.count("cache_creation_input_tokens");
        // The cost is always reckoned from a price list, also where a subscription pays.
        return new Usage(in, usage.count("output_tokens"), read, cost, true, total);
    }

    private boolean user(Node event, List<AgentEvent> to) {
        Node message = event.at("message");
        for (Node part : message.items("content")) {
            String text = part.text("text");
            if (part.text("type").equals("tool_result")) {
                to.add(
                        new ToolEnded(
                                part.text("tool_use_id"),
                                !part.flag("is_error"),
                                ToolSummary.result(part, "content")));
            } else if (text.startsWith("[Request interrupted")) {
                to.add(new Notice(text));
            }
        }
        return message.isObject();
    }

    private boolean rateLimit(Node info, List<AgentEvent> to) {
        if (rejected && info.text("status").startsWith("allowed")) {
            rejected = false;
            to.add(new LimitOver());
        }
        if (info.text("status").equals("rejected")) {
            rejected = true;
            long seconds = info.count("resetsAt");
            to.add(
                    new RateLimited(
                            seconds > 0 && seconds < LAST_SECOND
                                    ? Optional.of(Instant.ofEpochSecond(seconds))
                                    : Optional.empty(),
                            Duration.ZERO,
                            info.textOf("rateLimitType", "status").replace('_', ' ')));
        }
        return info.isObject();
    }

    private static boolean permission(Node request, List<AgentEvent> to) {
        if (!request.text("subtype").equals("can_use_tool")) {
            return false;
        }
        to.add(new NeedsPermission(request.text("tool_name"), ToolSummary.of(request.at("input"))));
        return true;
    }

    private void denied(String id, String tool, String why, List<AgentEvent> to) {
        if (id.isEmpty() || denied.add(id)) {
            to.add(new Denied(id, tool, Clip.line(why)));
        }
    }

    /**
     * A result is an error not only where it says so: the subtype may be {@code success} for an
     * error of the model's server, and the end of an interrupted run may lack the flag.
     */
    private boolean result(Node event, List<AgentEvent> to) {
        for (Node each : event.items("permission_denials")) {
            String input = ToolSummary.of(each.at("tool_input"));
            denied(each.text("tool_use_id"), each.text("tool_name"), "not permitted: " + input, to);
        }
        if (event.at("usage").isObject()) {
            to.add(usage(event.at("usage"), event.number("total_cost_usd"), true));
        }
        String reason = event.text("terminal_reason");
        boolean ok =
                !event.flag("is_error")
                        && event.text("subtype").equals("success")
                        && (reason.isEmpty() || reason.equals("completed"));
        String text = event.text("result");
        String words = ok ? "" : String.join("; ", event.texts("errors"));
        if (!ok && words.isBlank()) {
            words = text.isBlank() ? event.textOf("terminal_reason", "subtype") : text;
        }
        End kind = ok ? End.COMPLETED : kind(event, words);
        to.add(new Ended(ok, kind, Clip.line(words), ok ? text : ""));
        return true;
    }

    private static End kind(Node event, String words) {
        return switch (event.text("subtype")) {
            case "error_max_turns" -> End.MAX_TURNS;
            case "error_max_budget_usd" -> End.BUDGET;
            default ->
                    event.text("terminal_reason").startsWith("aborted")
                            ? End.ABORTED
                            : End.ofError(event.count("api_error_status") + " " + words);
        };
    }
}
