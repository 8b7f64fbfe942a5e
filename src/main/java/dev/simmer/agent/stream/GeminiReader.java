package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.Notice;
import dev.simmer.agent.stream.AgentEvent.RateLimited;
import dev.simmer.agent.stream.AgentEvent.Retry;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stream of {@code gemini -p --output-format stream-json}. It gives no cost. */
final class GeminiReader extends StreamReader {
    /** What it prints for people where the model's server has not answered. */
    private static final Pattern RETRY =
            Pattern.compile(
                    "Attempt (\\d{1,4}) failed(.*?)\\. Retrying with backoff\\.\\.\\.(.*)",
                    Pattern.DOTALL);

    private final AnswerCount answers = new AnswerCount();

    /** Whether the last thing was a piece of an answer's text. */
    private boolean speaking;

    /** The names of tools that run, by the ids of their calls. */
    private final Map<String, String> tools = new LinkedHashMap<>();

    @Override
    boolean event(String type, Node event, List<AgentEvent> to) {
        boolean spoke = speaking;
        speaking = false;
        switch (type) {
            case "init" ->
                    to.add(
                            new Started(
                                    event.text("session_id"),
                                    event.text("model"),
                                    Optional.empty()));
            case "message" -> message(event, spoke, to);
            case "tool_use" -> toolUse(event, to);
            case "tool_result" -> toolResult(event, to);
            case "error" -> to.add(new Notice(event.text("message")));
            case "result" -> result(event, to);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void message(Node event, boolean spoke, List<AgentEvent> to) {
        if (event.text("role").equals("user")) {
            answers.given();
            return;
        }
        answers.answer(to);
        speaking = event.flag("delta");
        to.add(new Text(event.text("content"), speaking && spoke));
    }

    private void toolUse(Node event, List<AgentEvent> to) {
        answers.answer(to);
        String id = event.text("tool_id");
        String name = ToolNames.common(Program.GEMINI, event.text("tool_name"));
        tools.put(id, name);
        if (tools.size() > MOST_IDS) {
            tools.remove(tools.keySet().iterator().next());
        }
        to.add(new ToolStarted(id, name, ToolSummary.of(event.at("parameters"))));
    }

    private void toolResult(Node event, List<AgentEvent> to) {
        answers.given();
        String id = event.text("tool_id");
        boolean ok = event.text("status").equals("success");
        String error = event.at("error").text("message");
        String words = Clip.firstLine(ok || error.isEmpty() ? event.text("output") : error);
        String name = tools.getOrDefault(id, "");
        tools.remove(id);
        if (!ok && refused(event.at("error").text("type") + " " + words)) {
            to.add(new Denied(id, name, words));
        }
        to.add(new ToolEnded(id, ok, words));
    }

    private static boolean refused(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("policy")
                || lower.contains("denied by")
                || lower.contains("not_registered")
                || lower.contains("user confirmation");
    }

    /** Input tokens include those read from the cache; the reasoning is only in the total. */
    private static void result(Node event, List<AgentEvent> to) {
        Node stats = event.at("stats");
        long in = stats.count("input_tokens");
        long out = Math.max(stats.count("output_tokens"), stats.count("total_tokens") - in);
        if (stats.isObject()) {
            long cached = stats.count("cached");
            to.add(new Usage(in, out, cached, OptionalDouble.empty(), false, true));
        }
        if (event.text("status").equals("success")) {
            to.add(new Ended(true, End.COMPLETED, "", ""));
            return;
        }
        Node error = event.at("error");
        String words = error.textOf("message", "type");
        boolean turns = (error.text("type") + words).toLowerCase(Locale.ROOT).contains("turn");
        End kind = turns ? End.MAX_TURNS : End.ofError(words);
        to.add(new Ended(false, kind, Clip.line(words), ""));
    }

    @Override
    void output(String line, List<AgentEvent> to) {
        Matcher retry = RETRY.matcher(line);
        if (!retry.matches()) {
            super.output(line, to);
            return;
        }
        String why = Clip.line(retry.group(2) + " " + retry.group(3)).replaceFirst("^with ", "");
        if (End.ofError(why) == End.RATE_LIMIT) {
            why = why + ", attempt " + retry.group(1);
            to.add(new RateLimited(Optional.empty(), Duration.ZERO, why));
        } else {
            to.add(new Retry(Integer.parseInt(retry.group(1)), 0, Duration.ZERO, why));
        }
    }
}
