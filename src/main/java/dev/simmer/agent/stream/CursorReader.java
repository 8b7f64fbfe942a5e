package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.Thinking;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The stream of {@code cursor-agent -p --output-format stream-json}, after its documentation: it
 * gives no cost, and a run that fails has no terminal event.
 *
 * @see <a href="https://cursor.com/docs/cli/reference/output-format">its output formats</a>
 */
final class CursorReader extends StreamReader {
    private static final String SUFFIX = "ToolCall";

    private final AnswerCount answers = new AnswerCount();

    @Override
    boolean event(String type, Node event, List<AgentEvent> to) {
        switch (type) {
            case "system" -> {
                if (!event.text("subtype").equals("init")) {
                    return false;
                }
                String session = event.text("session_id");
                to.add(new Started(session, event.text("model"), Optional.empty()));
            }
            case "user" -> answers.given();
            case "thinking" -> {
                answers.answer(to);
                to.add(new Thinking());
            }
            case "assistant" -> {
                answers.answer(to);
                for (Node part : event.at("message").items("content")) {
                    if (part.at("text").isText()) {
                        to.add(new Text(part.text("text"), false));
                    }
                }
            }
            case "tool_call" -> tool(event, to);
            case "result" -> result(event, to);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The call lies under a member with the tool's name, such as {@code readToolCall}. */
    private void tool(Node event, List<AgentEvent> to) {
        Node calls = event.at("tool_call");
        String key = calls.names().stream().filter(n -> n.endsWith(SUFFIX)).findFirst().orElse("");
        Node call = key.isEmpty() ? calls.at("function") : calls.at(key);
        String own =
                key.isEmpty()
                        ? call.text("name")
                        : key.substring(0, key.length() - SUFFIX.length());
        String name = ToolNames.common(Program.CURSOR_AGENT, own);
        String id = event.text("call_id");
        if (event.text("subtype").equals("started")) {
            answers.answer(to);
            Node args = key.isEmpty() ? call.at("arguments") : call.at("args");
            to.add(new ToolStarted(id, name, ToolSummary.of(args)));
            return;
        }
        answers.given();
        Node result = call.at("result");
        if (result.at("rejected").exists()) {
            String why = result.at("rejected").textOf("reason", "command", "path");
            to.add(new Denied(id, name, Clip.line(why)));
        }
        Node error = result.at("error");
        boolean ok = !error.exists() && !result.at("rejected").exists();
        Node good = result.at("success");
        long exit = good.count("exitCode");
        String words =
                ok
                        ? good.textOf("stdout", "content", "path")
                        : error.textOf("errorMessage", "message");
        to.add(new ToolEnded(id, ok && exit == 0, Clip.firstLine(words)));
    }

    private static void result(Node event, List<AgentEvent> to) {
        Node usage = event.at("usage");
        if (usage.isObject()) {
            long read = usage.count("cacheReadTokens");
            long in = usage.count("inputTokens") + read + usage.count("cacheWriteTokens");
            long out = usage.count("outputTokens");
            to.add(new Usage(in, out, read, OptionalDouble.empty(), false, true));
        }
        boolean ok = !event.flag("is_error") && event.text("subtype").equals("success");
        String text = event.text("result");
        String words = ok ? "" : Clip.line(text.isBlank() ? event.text("subtype") : text);
        to.add(new Ended(ok, ok ? End.COMPLETED : End.ofError(words), words, ok ? text : ""));
    }
}
