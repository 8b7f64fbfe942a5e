package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads a head as YAML and nothing else. Works on the events of the parser, below the layer that
 * makes objects, so that texts stay as written ({@code no}, {@code 1.10}), places are known and
 * aliases cannot grow without limit.
 */
final class YamlHead {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NODES = 10_000;
    private static final Pattern SEPARATOR = Pattern.compile("[\\x85\\u2028\\u2029]");
    private static final String YAML_TAG = "tag:yaml.org,2002:";
    private static final Set<String> PLAIN_TAGS =
            Set.of("str", "int", "float", "bool", "null", "map", "seq", "timestamp");

    /** What came of a reading. */
    sealed interface Result {}

    /** The keys in the order of the file, each once; {@code told} names those that stood twice. */
    record Good(List<Field> fields, Told told) implements Result {}

    /** The head is no YAML, or no map; {@code why} in words. */
    record Fault(int line, String why) implements Result {}

    /** Ends a reading that cannot go on. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;
        private final int line;
        private final String why;

        Stopped(int line, String why) {
            super(why, null, false, false);
            this.line = line;
            this.why = why;
        }
    }

    /** A value with the number of nodes in it. */
    private record Counted(Value value, int nodes, int height) {}

    private final ParserImpl parser;
    private final List<String> lines;
    private final int firstLine;
    private final Told told = new Told();
    private final Map<String, Optional<Counted>> anchors = new HashMap<>();
    private int nodes;
    private int reached;

    private YamlHead(List<String> lines, int firstLine) {
        this.lines = lines;
        this.firstLine = firstLine;
        this.reached = firstLine;
        // These end a line for the library, but for nobody else.
        String text = SEPARATOR.matcher(String.join("\n", lines)).replaceAll(" ");
        this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    }

    /**
     * Reads lines.
     *
     * @param firstLine the number of the first in the whole file
     */
    static Result read(List<String> lines, int firstLine) {
        YamlHead head = new YamlHead(lines, firstLine);
        try {
            return new Good(head.document(), head.told);
        } catch (Stopped e) {
            return new Fault(e.line, e.why);
        }
    }

    /** Whether lines are YAML by themselves. */
    static boolean reads(List<String> lines) {
        return read(lines, 1) instanceof Good;
    }

    private List<Field> document() throws Stopped {
        next();
        if (next().is(Event.ID.StreamEnd)) {
            return List.of();
        }
        Event root = next();
        if (!(root instanceof MappingStartEvent start)) {
            throw new Stopped(line(root), "no `key: value` stands here");
        }
        checkTag(start);
        List<Field> fields = fields(start);
        next();
        Event after = next();
        if (!after.is(Event.ID.StreamEnd)) {
            throw new Stopped(line(after), "a second document begins here");
        }
        return fields;
    }

    private List<Field> fields(MappingStartEvent start) throws Stopped {
        List<Value> values = new ArrayList<>();
        List<Mark> keyEnds = new ArrayList<>();
        List<Integer> keyLines = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            if (!(node(event, 2).value() instanceof Value.Text key)) {
                throw new Stopped(line(event), "a key is a word, no list and no map");
            }
            keys.add(key.text());
            keyLines.add(line(event));
            keyEnds.add(event.getEndMark());
            values.add(node(next(), 2).value());
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            int end = i + 1 < keys.size() ? keyLines.get(i + 1) : firstLine + lines.size();
            String source =
                    start.isFlow()
                            ? values.get(i).shown()
                            : source(keyEnds.get(i), end - firstLine);
            Field field = new Field(keys.get(i), keyLines.get(i), values.get(i), source);
            if (fields.remove(field.key()) != null) {
                told.line(
                        field.line(), Told.quoted(field.key()) + " stands twice; this one counts");
            }
            fields.put(field.key(), field);
        }
        return List.copyOf(fields.values());
    }

    /** What stands between a key and the next one. */
    private String source(Mark keyEnd, int nextKey) {
        String line = lines.get(keyEnd.getLine());
        String after = line.substring(line.offsetByCodePoints(0, keyEnd.getColumn()));
        String first = after.substring(after.indexOf(':') + 1).strip();
        return Source.joined(
                first,
                lines.subList(keyEnd.getLine() + 1, Math.max(keyEnd.getLine() + 1, nextKey)));
    }

    private Event next() throws Stopped {
        try {
            Event event = parser.getEvent();
            reached = line(event);
            return event;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            int at = mark == null ? reached : firstLine + mark.getLine();
            throw new Stopped(Math.min(at, firstLine + Math.max(0, lines.size() - 1)), words(e));
        } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The library lets these through for absurd numbers in escapes, tags and directives.
            throw new Stopped(reached, "something that YAML does not know stands soon after this");
        }
    }

    private static String words(MarkedYAMLException e) {
        String problem = Optional.ofNullable(e.getProblem()).orElse("");
        if (problem.startsWith("mapping values are not allowed here")) {
            return "`: ` stands inside a value without quotes";
        }
        return "this is no YAML" + (problem.isEmpty() ? "" : " (" + Told.visible(problem) + ")");
    }

    private Counted node(Event event, int depth) throws Stopped {
        if (depth > MAX_DEPTH) {
            throw new Stopped(line(event), "this stands more than 50 levels deep");
        }
        if (event instanceof AliasEvent alias) {
            return expanded(alias, depth);
        }
        count(event, 1);
        int before = nodes;
        checkTag(event);
        @Nullable String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, Optional.empty());
        }
        int[] height = {1};
        Value value =
                switch (event) {
                    case ScalarEvent scalar ->
                            new Value.Text(scalar.getValue(), scalar.isPlain(), line(scalar));
                    case MappingStartEvent map -> pairs(map, depth, height);
                    case CollectionStartEvent list -> items(list, depth, height);
                    default -> throw new IllegalStateException("no node begins with " + event);
                };
        Counted counted = new Counted(value, nodes - before + 1, height[0]);
        if (anchor != null) {
            anchors.put(anchor, Optional.of(counted));
        }
        return counted;
    }

    private Counted expanded(AliasEvent alias, int depth) throws Stopped {
        Optional<Counted> node = anchors.get(alias.getAnchor());
        if (node == null || node.isEmpty()) {
            throw new Stopped(
                    line(alias),
                    Told.quoted("*" + alias.getAnchor()) + " repeats what is not there");
        }
        if (depth + node.get().height() > MAX_DEPTH) {
            throw new Stopped(line(alias), "this stands more than 50 levels deep");
        }
        count(alias, node.get().nodes());
        return node.get();
    }

    private void count(Event event, int more) throws Stopped {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new Stopped(line(event), "the head has more than 10,000 values");
        }
    }

    private Value items(CollectionStartEvent list, int depth, int[] height) throws Stopped {
        List<Value> items = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            Counted item = node(event, depth + 1);
            height[0] = Math.max(height[0], item.height() + 1);
            items.add(item.value());
        }
        return new Value.Items(items, line(list));
    }

    private Value pairs(MappingStartEvent map, int depth, int[] height) throws Stopped {
        Map<String, Value> pairs = new LinkedHashMap<>();
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            if (!(node(event, depth + 1).value() instanceof Value.Text key)) {
                throw new Stopped(line(event), "a key is a word, no list and no map");
            }
            Counted value = node(next(), depth + 1);
            height[0] = Math.max(height[0], value.height() + 1);
            if (pairs.put(key.text(), value.value()) != null) {
                told.line(line(event), Told.quoted(key.text()) + " stands twice; the last counts");
            }
        }
        return new Value.Pairs(pairs, line(map));
    }

    /** A tag that YAML itself does not have takes a word of the value away, so it is a fault. */
    private void checkTag(Event event) throws Stopped {
        @Nullable String tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case MappingStartEvent map -> map.getTag();
                    case SequenceStartEvent list -> list.getTag();
                    default -> null;
                };
        if (tag == null || tag.equals("!")) {
            return;
        }
        if (!tag.startsWith(YAML_TAG) || !PLAIN_TAGS.contains(tag.substring(YAML_TAG.length()))) {
            throw new Stopped(line(event), "the tag " + Told.quoted(tag) + " means nothing here");
        }
    }

    private int line(Event event) {
        return firstLine + event.getStartMark().getLine();
    }
}
