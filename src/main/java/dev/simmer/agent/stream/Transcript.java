package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.LimitOver;
import dev.simmer.agent.stream.AgentEvent.NeedsPermission;
import dev.simmer.agent.stream.AgentEvent.Notice;
import dev.simmer.agent.stream.AgentEvent.Output;
import dev.simmer.agent.stream.AgentEvent.RateLimited;
import dev.simmer.agent.stream.AgentEvent.Raw;
import dev.simmer.agent.stream.AgentEvent.Retry;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Stopped;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.Thinking;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Turn;
import dev.simmer.agent.stream.AgentEvent.Usage;
import dev.simmer.agent.stream.TranscriptLine.Sort;
import dev.simmer.model.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes an agent's events readable: what it said, each call of a tool in one line with its result
 * folded into it, retries, refusals, the end. Lines once given never change; what may still change
 * (tools that run, a line that is being spoken) is {@link #open}. The same events give the same
 * lines, however they are portioned. For one thread at a time.
 */
public final class Transcript {
    /** Calls that wait for their result at once; the oldest is told without one beyond that. */
    private static final int MOST_OPEN = 100;

    /** Characters of one line. */
    private static final int LONGEST_LINE = 4_000;

    private final Map<String, ToolStarted> running = new LinkedHashMap<>();
    private final StringBuilder speech = new StringBuilder();
    private boolean speaking;
    private int unnamed;

    /** The lines that an event makes final. */
    public List<TranscriptLine> add(AgentEvent event) {
        List<TranscriptLine> lines = new ArrayList<>();
        if (!(event instanceof Text || event instanceof Usage || event instanceof Thinking)) {
            flush(lines);
        }
        switch (event) {
            case Started(_, String model, _) ->
                    line(lines, Sort.NOTICE, model.isEmpty() ? "started" : "started, " + model);
            case Turn _, Thinking _, Stopped _, Usage _ -> {}
            case Text(String text, boolean continued) -> {
                if (!continued) {
                    flush(lines);
                }
                say(text, lines);
            }
            case ToolStarted e -> started(e, lines);
            case ToolEnded e -> ended(e, lines);
            case Retry e ->
                    line(
                            lines,
                            Sort.RETRY,
                            new Activity.Retrying(e.attempt(), e.max(), e.delay(), e.why()).words()
                                    + in(e.delay()));
            case RateLimited e -> {
                String until = e.until().isEmpty() ? "" : ", until " + e.until().get();
                String words = new Activity.RateLimited(e.until(), e.delay(), e.why()).words();
                line(lines, Sort.RETRY, words + until + in(e.delay()));
            }
            case LimitOver _ -> line(lines, Sort.NOTICE, "the rate limit is over");
            case Denied(_, String tool, String why) ->
                    line(
                            lines,
                            Sort.DENIED,
                            "refused: " + tool + (why.isEmpty() ? "" : ": " + why));
            case NeedsPermission(String tool, String why) ->
                    line(lines, Sort.DENIED, new Activity.NeedsPermission(tool, why).words());
            case Notice(String words) -> line(lines, Sort.NOTICE, Clip.line(words));
            case Ended e -> end(e, lines);
            case Raw(String raw) -> line(lines, Sort.RAW, raw);
            case Output(String output) -> line(lines, Sort.RAW, output);
        }
        return lines;
    }

    /** The lines that several events make final. */
    public List<TranscriptLine> add(List<AgentEvent> events) {
        List<TranscriptLine> lines = new ArrayList<>();
        for (AgentEvent each : events) {
            lines.addAll(add(each));
        }
        return lines;
    }

    /** The lines that are not final yet, to be shown behind those that are. */
    public List<TranscriptLine> open() {
        List<TranscriptLine> lines = new ArrayList<>();
        if (speaking && !speech.isEmpty()) {
            line(lines, Sort.SAID, speech.toString());
        }
        for (ToolStarted each : running.values()) {
            line(lines, Sort.TOOL, call(each) + " …");
        }
        return lines;
    }

    private static String in(Duration delay) {
        return delay.isZero() ? "" : ", in " + Durations.format(delay);
    }

    /** Whole lines are final, the rest may go on. */
    private void say(String text, List<TranscriptLine> lines) {
        speaking = true;
        int from = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
            speech.append(text, from, at);
            line(lines, Sort.SAID, speech.toString());
            speech.setLength(0);
            from = at + 1;
        }
        int most = Math.min(text.length(), from + LONGEST_LINE + 1);
        if (speech.length() <= LONGEST_LINE) {
            speech.append(text, from, most);
        }
    }

    private void flush(List<TranscriptLine> lines) {
        if (!speech.isEmpty()) {
            line(lines, Sort.SAID, speech.toString());
        }
        speech.setLength(0);
        speaking = false;
    }

    private static String call(ToolStarted tool) {
        return tool.summary().isEmpty() ? tool.tool() : tool.tool() + " " + tool.summary();
    }

    private void started(ToolStarted tool, List<TranscriptLine> lines) {
        String id = tool.id().isEmpty() ? "unnamed " + unnamed++ : tool.id();
        ToolStarted twin = running.put(id, tool);
        if (twin != null) {
            line(lines, Sort.TOOL, call(twin));
        }
        if (running.size() > MOST_OPEN) {
            Map.Entry<String, ToolStarted> oldest = running.entrySet().iterator().next();
            running.remove(oldest.getKey());
            line(lines, Sort.TOOL, call(oldest.getValue()));
        }
    }

    private void ended(ToolEnded end, List<TranscriptLine> lines) {
        ToolStarted tool = running.remove(end.id());
        String call = tool == null ? "a tool" : call(tool);
        String result = end.summary().isEmpty() ? (end.ok() ? "done" : "failed") : end.summary();
        line(
                lines,
                end.ok() ? Sort.TOOL : Sort.TOOL_FAILED,
                call + (end.ok() ? " → " : " ✗ ") + result);
    }

    private void end(Ended end, List<TranscriptLine> lines) {
        for (ToolStarted each : running.values()) {
            line(lines, Sort.TOOL_FAILED, call(each) + " ✗ no result");
        }
        running.clear();
        String words = end.words().isEmpty() ? "" : ": " + end.words();
        line(
                lines,
                end.ok() ? Sort.END : Sort.END_FAILED,
                (end.ok() ? "ended in order" : "ended with an error") + words);
    }

    /** One line, whatever breaks are in it. */
    private static void line(List<TranscriptLine> lines, Sort sort, String text) {
        String cut = Clip.head(text, LONGEST_LINE);
        StringBuilder one = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            boolean breaks = c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
            one.append(breaks || c == 0x0b || c == 0x0c ? ' ' : c);
        }
        lines.add(new TranscriptLine(sort, one.toString()));
    }
}
