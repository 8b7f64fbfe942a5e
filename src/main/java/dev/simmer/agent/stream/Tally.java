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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The events of one attempt summed up. Immutable; its size has a limit whatever the events.
 *
 * @param sessionId by which the run can be resumed; empty where none is known
 * @param model the model that the program names; empty where it names none
 * @param offered the tools that the program says the agent may use; empty where it does not say
 * @param turns answers of the model that have begun
 * @param tools calls of tools
 * @param failedTools calls of tools that failed, those that were refused included
 * @param retries how often the model was asked again, rate limits included
 * @param spend what has been used
 * @param now what the agent does now
 * @param call the id of the tool's call that was told of last; empty where it has none
 * @param ended the terminal event; empty where none has come
 * @param wentOn whether it went on after a terminal event, and no other one has come
 * @param denials calls of tools that were refused, the first {@value #MOST_DENIALS}
 * @param finalText the agent's last words, at most {@value #LONGEST_TEXT} characters
 * @param stop why the model's last answer stopped, in the program's word; empty where not told
 * @param complaint what the program last printed that sounds like an error, or what it printed
 *     before its first event; one line; empty where there is no such line
 */
public record Tally(
        String sessionId,
        String model,
        Optional<List<String>> offered,
        int turns,
        int tools,
        int failedTools,
        int retries,
        Spend spend,
        Activity now,
        String call,
        Optional<Ended> ended,
        boolean wentOn,
        List<Denied> denials,
        String finalText,
        String stop,
        String complaint) {
    /** Refused calls that are kept. */
    public static final int MOST_DENIALS = 100;

    /** Characters of the final text, whose end is kept. */
    public static final int LONGEST_TEXT = 1 << 16;

    /** What a line holds that tells of something wrong. */
    private static final Pattern WRONG =
            Pattern.compile(
                    "\\b(error|fatal|panic|failed|refused|denied|interrupted)\\b",
                    Pattern.CASE_INSENSITIVE);

    /** Of an attempt that has said nothing. */
    public static final Tally NONE =
            new Tally(
                    "",
                    "",
                    Optional.empty(),
                    0,
                    0,
                    0,
                    0,
                    Spend.NONE,
                    new Activity.Starting(),
                    "",
                    Optional.empty(),
                    false,
                    List.of(),
                    "",
                    "",
                    "");

    /** With one more event. */
    public Tally with(AgentEvent event) {
        Draft next = new Draft(this);
        switch (event) {
            case Started e -> next.started(e);
            case Turn _ -> {
                next.turns++;
                next.wentOn |= ended.isPresent();
                next.ended = Optional.empty();
                next.stop = "";
                next.now = new Activity.Working("");
            }
            case Thinking _ -> next.thinking();
            case Stopped(String reason) -> next.stop = Clip.line(reason);
            case Text e -> next.text(e);
            case ToolStarted(String id, String tool, String summary) -> {
                next.call = Clip.line(id);
                next.tools++;
                String name = Clip.head(Clip.line(tool), Clip.SUMMARY / 2);
                String doing = summary.isEmpty() ? name : name + " " + summary;
                next.now = new Activity.Working(doing);
            }
            case ToolEnded(_, boolean ok, _) -> {
                next.failedTools += ok ? 0 : 1;
                next.now = new Activity.Working("");
            }
            case Retry e -> {
                next.retries++;
                next.now = new Activity.Retrying(e.attempt(), e.max(), e.delay(), e.why());
            }
            case RateLimited e -> {
                next.retries++;
                next.now = new Activity.RateLimited(e.until(), e.delay(), e.why());
            }
            case LimitOver _ -> {
                if (now instanceof Activity.RateLimited) {
                    next.now = new Activity.Working("");
                }
            }
            case Denied e -> {
                if (denials.size() < MOST_DENIALS) {
                    next.denials = Stream.concat(denials.stream(), Stream.of(e)).toList();
                }
                next.refused(e);
            }
            case NeedsPermission(String tool, String why) ->
                    next.now = new Activity.NeedsPermission(tool, why);
            case Usage e -> next.spend = spend.with(e);
            case Notice(String words) -> next.complain(words);
            case Ended e -> next.ended(e);
            case Raw _ -> {}
            case Output(String line) -> next.complain(line);
        }
        return next.tally();
    }

    /** With several more events. */
    public Tally with(List<AgentEvent> events) {
        Tally tally = this;
        for (AgentEvent each : events) {
            tally = tally.with(each);
        }
        return tally;
    }

    /** The next tally while it is made; never leaves this class. */
    private static final class Draft {
        private String sessionId;
        private String model;
        private Optional<List<String>> offered;
        private int turns;
        private int tools;
        private int failedTools;
        private int retries;
        private Spend spend;
        private Activity now;
        private String call;
        private Optional<Ended> ended;
        private boolean wentOn;
        private List<Denied> denials;
        private String finalText;
        private String stop;
        private String complaint;

        Draft(Tally of) {
            sessionId = of.sessionId;
            model = of.model;
            offered = of.offered;
            turns = of.turns;
            tools = of.tools;
            failedTools = of.failedTools;
            retries = of.retries;
            spend = of.spend;
            now = of.now;
            call = of.call;
            ended = of.ended;
            wentOn = of.wentOn;
            denials = of.denials;
            finalText = of.finalText;
            stop = of.stop;
            complaint = of.complaint;
        }

        Tally tally() {
            return new Tally(
                    sessionId,
                    model,
                    offered,
                    turns,
                    tools,
                    failedTools,
                    retries,
                    spend,
                    now,
                    call,
                    ended,
                    wentOn,
                    denials,
                    finalText,
                    stop,
                    complaint);
        }

        void started(Started event) {
            sessionId = event.sessionId().isEmpty() ? sessionId : event.sessionId();
            model = event.model().isEmpty() ? model : event.model();
            offered = event.tools().isPresent() ? event.tools() : offered;
            now = new Activity.Working("");
            complaint = wrong(complaint) ? complaint : "";
        }

        /** A tool may run meanwhile, such as an agent of the agent's own whose model answers. */
        void thinking() {
            boolean runs = now instanceof Activity.Working(String doing) && !doing.isEmpty();
            if (ended.isEmpty() && !runs) {
                now = new Activity.Thinking();
            }
        }

        void refused(Denied event) {
            if (ended.isPresent()) {
                return;
            }
            // Of several calls at once it may be another one that was told of last.
            boolean last = !call.isEmpty() && call.equals(Clip.line(event.id()));
            String tool = event.tool().isBlank() ? "a tool" : Clip.line(event.tool());
            now =
                    new Activity.Refused(
                            last && now instanceof Activity.Working(String doing) ? doing : tool);
        }

        void text(Text event) {
            if (!event.continued() && event.text().isBlank()) {
                return;
            }
            String text = event.continued() ? finalText + event.text() : event.text();
            finalText = end(text);
            now = new Activity.Working("");
        }

        void ended(Ended event) {
            finalText = event.finalText().isBlank() ? finalText : end(event.finalText());
            // The words are kept once.
            ended = Optional.of(new Ended(event.ok(), event.kind(), event.words(), ""));
            wentOn = false;
            now = new Activity.Over();
        }

        private static String end(String text) {
            if (text.length() <= LONGEST_TEXT) {
                return text;
            }
            int from = text.length() - LONGEST_TEXT;
            return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
        }

        void complain(String words) {
            String line = Clip.line(words);
            // Before its first event a program says why it cannot begin, in whatever words.
            boolean early = sessionId.isEmpty() && !wrong(complaint);
            if (!line.isEmpty() && (early || wrong(line))) {
                complaint = line;
            }
        }

        private static boolean wrong(String line) {
            return WRONG.matcher(line).find();
        }
    }
}
