package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.Notice;
import dev.simmer.agent.stream.AgentEvent.RateLimited;
import dev.simmer.agent.stream.AgentEvent.Retry;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.Thinking;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stream of {@code codex exec --json}. It gives no cost and no list of tools. */
final class CodexReader extends StreamReader {
    private static final Pattern RECONNECTING =
            Pattern.compile(
                    "Reconnecting\\.\\.\\. (\\d{1,4})/(\\d{1,4})(?: \\((.*)\\))?.*",
                    Pattern.DOTALL);

    /** The shell that the program puts around a command. */
    private static final Pattern SHELL =
            Pattern.compile("(?:/usr)?(?:/bin/)?(?:ba|z)?sh -l?c (['\"]?)(.*)\\1", Pattern.DOTALL);

    private final AnswerCount answers = new AnswerCount();

    /** Tools that have begun; some are told only at their end. */
    private final Ids open = new Ids();

    @Override
    boolean event(String type, Node event, List<AgentEvent> to) {
        switch (type) {
            case "thread.started" ->
                    to.add(new Started(event.text("thread_id"), "", Optional.empty()));
            case "turn.started" -> answers.given();
            case "item.started" -> {
                return item(event.at("item"), false, to);
            }
            case "item.completed" -> {
                return item(event.at("item"), true, to);
            }
            case "item.updated" -> {}
            case "turn.completed" -> {
                usage(event.at("usage"), to);
                to.add(new Ended(true, End.COMPLETED, "", ""));
            }
            case "turn.failed" -> {
                String words = event.at("error").text("message");
                to.add(new Ended(false, End.ofError(words), Clip.line(words), ""));
            }
            case "error" -> error(event.text("message"), to);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Input tokens include those read from the cache, output tokens include the reasoning. */
    private static void usage(Node usage, List<AgentEvent> to) {
        to.add(
                new Usage(
                        usage.count("input_tokens"),
                        usage.count("output_tokens"),
                        usage.count("cached_input_tokens"),
                        OptionalDouble.empty(),
                        false,
                        true));
    }

    private static void error(String message, List<AgentEvent> to) {
        Matcher retry = RECONNECTING.matcher(message);
        if (!retry.matches()) {
            to.add(new Notice(message));
            return;
        }
        String why = retry.group(3) == null ? "the connection broke" : Clip.line(retry.group(3));
        if (End.ofError(why) == End.RATE_LIMIT) {
            String which = ", attempt " + retry.group(1) + " of " + retry.group(2);
            to.add(new RateLimited(Optional.empty(), Duration.ZERO, why + which));
        } else {
            int attempt = Integer.parseInt(retry.group(1));
            int max = Integer.parseInt(retry.group(2));
            to.add(new Retry(attempt, max, Duration.ZERO, why));
        }
    }

    private boolean item(Node item, boolean done, List<AgentEvent> to) {
        switch (item.text("type")) {
            case "agent_message" -> {
                if (done) {
                    answers.answer(to);
                    to.add(new Text(item.text("text"), false));
                }
            }
            case "error" -> to.add(new Notice(item.text("message")));
            case "reasoning" -> {
                answers.answer(to);
                to.add(new Thinking());
            }
            case "todo_list" -> {}
            case "command_execution" -> tool(item, "Bash", command(item.text("command")), done, to);
            case "file_change" -> tool(item, "Edit", paths(item), done, to);
            case "mcp_tool_call" ->
                    tool(
                            item,
                            "mcp__" + item.text("server") + "__" + item.text("tool"),
                            ToolSummary.of(item.at("arguments")),
                            done,
                            to);
            case "web_search" -> tool(item, "WebSearch", item.text("query"), done, to);
            case "collab_tool_call" -> tool(item, "Task", item.textOf("prompt", "tool"), done, to);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String command(String command) {
        Matcher shell = SHELL.matcher(command);
        return shell.matches() ? shell.group(2) : command;
    }

    private static String paths(Node item) {
        return String.join(
                ", ", item.items("changes").stream().map(change -> change.text("path")).toList());
    }

    private void tool(Node item, String name, String summary, boolean done, List<AgentEvent> to) {
        String id = item.text("id");
        boolean begun = !id.isEmpty() && open.contains(id);
        if (!begun) {
            answers.answer(to);
            to.add(new ToolStarted(id, name, Clip.call(summary)));
        }
        if (!done) {
            boolean _ = open.add(id);
            return;
        }
        open.remove(id);
        answers.given();
        String status = item.text("status");
        if (status.equals("declined")) {
            to.add(new Denied(id, name, Clip.call(summary)));
        }
        to.add(new ToolEnded(id, ok(item, status), result(item)));
    }

    private static boolean ok(Node item, String status) {
        boolean failed = status.equals("failed") || status.equals("declined");
        return !failed && item.count("exit_code") == 0 && !item.at("error").exists();
    }

    private static String result(Node item) {
        String said = item.textOf("aggregated_output");
        String error = item.at("error").text("message");
        String text = said.isEmpty() ? error : said;
        return Clip.firstLine(
                text.isEmpty() ? ToolSummary.result(item.at("result"), "content") : text);
    }
}
