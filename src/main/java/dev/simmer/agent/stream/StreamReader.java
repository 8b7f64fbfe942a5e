package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.Output;
import dev.simmer.agent.stream.AgentEvent.Raw;
import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonReader;
import dev.simmer.model.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of one attempt of an agent, line by line, into events. Keeps what it must know
 * of the lines before: one reader for each attempt, used by one thread at a time.
 *
 * <p>Tolerant: an event that is not known is kept as {@link Raw}, a line that is no event is {@link
 * Output}, a member that is missing or of another type than expected is as if it were empty. No
 * input makes it throw. A line of more than {@value #LONGEST} characters is not looked into.
 */
public abstract sealed class StreamReader
        permits ClaudeReader, CodexReader, GeminiReader, OpenCodeReader, CursorReader, PlainReader {
    /** Characters of a line, of which one may hold a picture that a tool has read. */
    public static final int LONGEST = 2 << 20;

    /**
     * The most that is remembered of ids, the oldest being forgotten first, so that a run without
     * an end does not fill the heap.
     */
    static final int MOST_IDS = 1_000;

    private static final JsonReader JSON =
            new JsonReader(new JsonLimits(LONGEST, 100, LONGEST, 20_000, 1_000_000));

    StreamReader() {}

    /** A reader for a new attempt. */
    public static StreamReader of(Program program) {
        return switch (program) {
            case CLAUDE -> new ClaudeReader();
            case CODEX -> new CodexReader();
            case GEMINI -> new GeminiReader();
            case OPENCODE -> new OpenCodeReader();
            case CURSOR_AGENT -> new CursorReader();
            case COMMAND -> new PlainReader();
        };
    }

    /** A reader for a new attempt of the runner of that name; one for plain text if none has it. */
    public static StreamReader of(String runner) {
        return of(Program.of(runner).orElse(Program.COMMAND));
    }

    /**
     * What a line says.
     *
     * @param line with or without its line break
     * @return in order; nothing where the line is blank or says nothing that matters
     */
    public List<AgentEvent> read(String line) {
        List<AgentEvent> events = new ArrayList<>(2);
        if (line.isBlank()) {
            return events;
        }
        int from = line.length() > LONGEST ? -1 : start(line);
        Node event = from < 0 ? null : object(line.substring(from));
        if (event == null || !event.at("type").isText()) {
            output(line.stripTrailing(), events);
            return events;
        }
        if (!line.substring(0, from).isBlank()) {
            // Both streams go into one file: words without a line break may stand before an event.
            // But where they quote an error of the model's server, that is no event.
            if (event.text("type").equals("error")) {
                output(line.stripTrailing(), events);
                return events;
            }
            output(line.substring(0, from), events);
        }
        if (!event(event.text("type"), event, events)) {
            events.add(new Raw(Clip.head(line.substring(from).stripTrailing(), Clip.RAW)));
        }
        return events;
    }

    private static int start(String line) {
        int first = line.indexOf('{');
        return first >= 0 && line.substring(0, first).isBlank() ? first : line.indexOf("{\"");
    }

    private static @Nullable Node object(String text) {
        try {
            Node node = new Node(JSON.read(text));
            return node.isObject() ? node : null;
        } catch (JsonFault e) {
            return null;
        }
    }

    /**
     * What the end of the program says, where its stream has no terminal event of its own. To be
     * called once, after the last line.
     */
    public List<AgentEvent> end(ExitStatus status) {
        return List.of();
    }

    /**
     * Reads an event.
     *
     * @return whether it is known
     */
    abstract boolean event(String type, Node event, List<AgentEvent> to);

    /** Reads a line that is no event. */
    void output(String line, List<AgentEvent> to) {
        to.add(new Output(Clip.head(line, Clip.RAW)));
    }
}
