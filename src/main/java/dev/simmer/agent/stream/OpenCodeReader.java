package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.NeedsPermission;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Stopped;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.Thinking;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Turn;
import dev.simmer.agent.stream.AgentEvent.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stream of {@code opencode run --format json}. It has no terminal event: the run has ended
 * well where the last step finished with the reason {@code stop}. So such a step is told as the
 * end, and a step that begins after it takes that back.
 */
final class OpenCodeReader extends StreamReader {
    /** What it prints, with colours, where a permission is asked for and nobody can be asked. */
    private static final Pattern REJECTED =
            Pattern.compile(".*permission requested: (\\S+) ?(.*?); auto-rejecting.*");

    private boolean started;

    /**
     * A rejected call is told twice, by a printed line and by its own event, in any order: how many
     * more of the one there were than of the other.
     */
    private int printedAhead;

    @Override
    boolean event(String type, Node event, List<AgentEvent> to) {
        if (!started && event.at("sessionID").isText()) {
            started = true;
            to.add(new Started(event.text("sessionID"), "", Optional.empty()));
        }
        Node part = event.at("part");
        switch (type) {
            case "step_start" -> to.add(new Turn());
            case "text" -> to.add(new Text(part.text("text"), false));
            case "reasoning" -> to.add(new Thinking());
            case "tool_use" -> tool(part, to);
            case "step_finish" -> finish(part, to);
            case "permission", "permission.asked" -> {
                Node asked = event.at("permission").isObject() ? event.at("permission") : part;
                to.add(new NeedsPermission(name(asked.textOf("type", "permission")), ""));
            }
            case "error" -> error(event.at("error"), to);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String name(String tool) {
        return ToolNames.common(Program.OPENCODE, tool);
    }

    /** Told once, when it has ended. */
    private void tool(Node part, List<AgentEvent> to) {
        String id = part.text("callID");
        String name = name(part.text("tool"));
        Node state = part.at("state");
        to.add(new ToolStarted(id, name, ToolSummary.of(state.at("input"))));
        boolean ok = state.text("status").equals("completed");
        String words = Clip.firstLine(ok ? state.text("output") : state.textOf("error", "output"));
        if (!ok && refused(words)) {
            if (printedAhead <= 0) {
                to.add(new Denied(id, name, words));
            }
            printedAhead--;
        }
        to.add(new ToolEnded(id, ok && state.at("metadata").count("exit") == 0, words));
    }

    private static boolean refused(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("rejected permission") || lower.contains("prevents you from using");
    }

    /**
     * Input tokens are given without what was read from and written to the cache, output tokens
     * without the reasoning.
     */
    private static void finish(Node part, List<AgentEvent> to) {
        Node tokens = part.at("tokens");
        long read = tokens.at("cache").count("read");
        long in = tokens.count("input") + read + tokens.at("cache").count("write");
        long out = tokens.count("output") + tokens.count("reasoning");
        to.add(new Usage(in, out, read, part.number("cost"), true, false));
        String reason = part.text("reason");
        to.add(
                reason.equals("stop")
                        ? new Ended(true, End.COMPLETED, "", "")
                        : new Stopped(reason));
    }

    private static void error(Node error, List<AgentEvent> to) {
        String message = error.at("data").text("message");
        String words = message.isBlank() ? error.textOf("message", "name") : message;
        long status = error.at("data").count("statusCode");
        String told =
                status > 0 && !words.contains("" + status) ? words + " (" + status + ")" : words;
        to.add(new Ended(false, End.ofError(told), Clip.line(told), ""));
    }

    @Override
    void output(String line, List<AgentEvent> to) {
        Matcher rejected = REJECTED.matcher(line);
        if (rejected.matches()) {
            if (printedAhead >= 0) {
                to.add(new Denied("", name(rejected.group(1)), Clip.line(rejected.group(2))));
            }
            printedAhead++;
        } else {
            super.output(line, to);
        }
    }
}
