package dev.simmer.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the tree of one YAML document from the events of the YAML library's parser.
 *
 * <p>The events are read below the layer that makes objects, and below Jackson's tokens, for three
 * reasons: tokens do not tell the anchor of a scalar, nor whether it was quoted; objects have no
 * places; and aliases are expanded here under a limit, so that a few lines cannot stand for
 * millions of nodes. Tags of other languages are refused.
 */
final class YamlTreeReader {
    /** Levels that a file may have, aliases expanded. */
    static final int MAX_DEPTH = 50;

    /** Nodes that a file may have, aliases expanded. */
    static final int MAX_NODES = 10_000;

    private static final String MERGE = "<<";
    private static final String YAML_TAG = "tag:yaml.org,2002:";
    private static final Set<String> PLAIN_TAGS =
            Set.of("str", "int", "float", "bool", "null", "map", "seq", "merge", "timestamp");

    /** Ends a reading that cannot go on; carries what is wrong. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Position at;
        private final String wrong;
        private final String right;

        Stopped(Position at, String wrong, String right) {
            super(wrong, null, false, false);
            this.at = at;
            this.wrong = wrong;
            this.right = right;
        }
    }

    private final ParserImpl parser;
    private final List<String> lines;
    private final Mistakes mistakes;
    private final Map<String, Optional<YamlNode>> anchors = new HashMap<>();
    private Position reached = Position.START;
    private int nodes;

    private YamlTreeReader(String text, Mistakes mistakes) {
        this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
        this.lines = text.lines().toList();
        this.mistakes = mistakes;
    }

    /** The document's root; empty where something kept the reading from reaching the end. */
    static Optional<YamlNode> read(String text, Mistakes mistakes) {
        YamlTreeReader reader = new YamlTreeReader(text, mistakes);
        try {
            return Optional.of(reader.document());
        } catch (Stopped e) {
            mistakes.add(e.at, e.wrong, e.right);
            return Optional.empty();
        }
    }

    private YamlNode document() throws Stopped {
        next();
        Event first = next();
        if (first.is(Event.ID.StreamEnd)) {
            throw new Stopped(
                    Position.START,
                    lines.stream().allMatch(String::isBlank)
                            ? "this file is empty"
                            : "this file holds nothing but comments",
                    "a task file begins with `version: 1` and has `tasks:`");
        }
        YamlNode root = node(next(), 1);
        next();
        Event after = next();
        if (!after.is(Event.ID.StreamEnd)) {
            throw new Stopped(
                    place(after.getStartMark()),
                    "a second document begins here",
                    "a task file is one document; remove the `---`");
        }
        return root;
    }

    private Event next() throws Stopped {
        try {
            Event event = parser.getEvent();
            reached = place(event.getEndMark());
            return event;
        } catch (MarkedYAMLException e) {
            YamlFault fault = YamlFault.of(e, lines);
            throw new Stopped(fault.at(), fault.wrong(), fault.right());
        } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException _) {
            // The library lets these through for absurd numbers in escapes, tags and directives.
            throw new Stopped(
                    reached,
                    "soon after this stands an escape, tag or directive that YAML does not know",
                    "remove it, or use single quotes");
        }
    }

    private YamlNode node(Event event, int depth) throws Stopped {
        Position at = place(event.getStartMark());
        if (depth > MAX_DEPTH) {
            throw tooDeep(at);
        }
        if (event instanceof AliasEvent alias) {
            return expanded(alias, at, depth);
        }
        count(at, 1);
        Optional<String> anchor = Optional.ofNullable(((NodeEvent) event).getAnchor());
        anchor.ifPresent(name -> anchors.put(name, Optional.empty()));
        YamlNode node =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar, at);
                    case MappingStartEvent map -> mapping(map, at, depth);
                    case CollectionStartEvent list -> sequence(list, at, depth);
                    default -> throw new IllegalStateException("no node begins with " + event);
                };
        anchor.ifPresent(name -> anchors.put(name, Optional.of(node)));
        return node;
    }

    private YamlNode expanded(AliasEvent alias, Position at, int depth) throws Stopped {
        String name = alias.getAnchor();
        Optional<YamlNode> node = anchors.get(name);
        if (node == null) {
            throw new Stopped(
                    at,
                    Visible.quoted("*" + name) + " repeats an anchor that is not there",
                    DidYouMean.nearest(name, anchors.keySet().stream().sorted().toList())
                            .map(near -> Mistakes.meant("*" + near))
                            .orElse("write " + Visible.quoted("&" + name) + " before it"));
        }
        if (node.isEmpty()) {
            throw new Stopped(
                    at,
                    Visible.quoted("*" + name) + " repeats what it stands in, without end",
                    "refer to something else");
        }
        if (depth + node.get().height() - 1 > MAX_DEPTH) {
            throw tooDeep(at);
        }
        count(at, node.get().size());
        return node.get();
    }

    private static Stopped tooDeep(Position at) {
        return new Stopped(
                at,
                "this stands more than " + MAX_DEPTH + " levels deep",
                "a task file needs five");
    }

    private void count(Position at, int more) throws Stopped {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new Stopped(
                    at,
                    "from here on the file has more than 10,000 nodes, aliases expanded",
                    "write less, or repeat less by aliases");
        }
    }

    private YamlNode.Scalar scalar(ScalarEvent event, Position at) throws Stopped {
        checkTag(event.getTag(), at);
        String text = event.getValue();
        if (text.indexOf('\0') >= 0) {
            throw new Stopped(
                    at, "this text holds a NUL character", "remove it; no program takes one");
        }
        if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            throw new Stopped(
                    at,
                    "this text holds half of a character written in two escapes",
                    "write the character itself");
        }
        Position start = event.isPlain() ? at : at.right(1);
        boolean verbatim = !text.isEmpty() && !event.isLiteral() && !event.isFolded();
        if (verbatim && start.line() <= lines.size()) {
            String line = lines.get(start.line() - 1);
            int columns = line.codePointCount(0, line.length());
            verbatim =
                    start.column() <= columns
                            && line.startsWith(
                                    text, line.offsetByCodePoints(0, start.column() - 1));
        }
        return new YamlNode.Scalar(
                at, text, event.isPlain(), verbatim ? Optional.of(start) : Optional.empty());
    }

    private YamlNode sequence(CollectionStartEvent start, Position at, int depth) throws Stopped {
        checkTag(start.getTag(), at);
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            items.add(node(event, depth + 1));
        }
        return YamlNode.Sequence.of(at, items);
    }

    private YamlNode mapping(MappingStartEvent start, Position at, int depth) throws Stopped {
        checkTag(start.getTag(), at);
        Map<String, YamlNode.Entry> own = new LinkedHashMap<>();
        Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
        boolean merges = false;
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            Position keyAt = place(event.getStartMark());
            if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
                throw new Stopped(
                        keyAt,
                        "a key is a word, no list and no map",
                        "write a word before the `:`");
            }
            YamlNode value = node(next(), depth + 1);
            if (key.plain() && key.text().equals(MERGE)) {
                if (merges) {
                    duplicate(key, keyAt, keyAt);
                }
                merges = true;
                merge(value, keyAt, merged);
                continue;
            }
            YamlNode.Scalar placed =
                    new YamlNode.Scalar(keyAt, key.text(), key.plain(), key.verbatim());
            YamlNode.Entry before = own.putIfAbsent(key.text(), new YamlNode.Entry(placed, value));
            if (before != null) {
                duplicate(key, keyAt, before.key().at());
            }
        }
        own.forEach(merged::put);
        return YamlNode.Mapping.of(at, List.copyOf(merged.values()));
    }

    private void duplicate(YamlNode.Scalar key, Position at, Position first) {
        String where = first.equals(at) ? "" : ", first at " + first;
        mistakes.add(
                at,
                "the key " + Visible.quoted(key.text()) + " stands here twice" + where,
                "keep one of them");
    }

    /**
     * Adds the entries of a merge key's map or maps; the earlier of several maps wins.
     *
     * <p>Source: "Merge Key Language-Independent Type for YAML Version 1.1", yaml.org, 2005.
     */
    private void merge(YamlNode value, Position at, Map<String, YamlNode.Entry> into) {
        switch (value) {
            case YamlNode.Mapping map ->
                    map.entries().forEach(entry -> into.putIfAbsent(entry.key().text(), entry));
            case YamlNode.Sequence list
                    when list.items().stream().allMatch(YamlNode.Mapping.class::isInstance) ->
                    list.items().forEach(item -> merge(item, at, into));
            case YamlNode.Sequence _, YamlNode.Scalar _ ->
                    mistakes.add(
                            at,
                            "`<<` takes in a map or a list of maps, not " + value.sort(),
                            "write `<<: *name` with the anchor of a map");
        }
    }

    private static void checkTag(@org.jspecify.annotations.Nullable String tag, Position at)
            throws Stopped {
        if (tag == null || tag.equals("!")) {
            return;
        }
        boolean known =
                tag.startsWith(YAML_TAG) && PLAIN_TAGS.contains(tag.substring(YAML_TAG.length()));
        if (!known) {
            throw new Stopped(
                    at,
                    "the tag " + Visible.quoted(tag) + " means nothing in a task file",
                    "remove it, or put the text in quotes");
        }
    }

    static Position place(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
