package dev.simmer.agent.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Finds the places of a YAML text's nodes. Built from the parser's events and not from its node
 * graph, in which an alias is its anchor's node and has that one's place.
 */
final class YamlPlaces {
    private static final int MAX_DEPTH = 60;

    private final String text;
    private final ParserImpl parser;
    private final Set<String> anchors = new HashSet<>();

    /** How far the code points of the text have been counted, and the char found there. */
    private int countedPoints;

    private int countedChars;

    private YamlPlaces(String text) {
        this.text = text;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(FrontMatter.MAX_BYTES);
        this.parser = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * Reads one document.
     *
     * @return its root; empty for a text of comments and blank lines only
     * @throws YamlFault where it is not YAML, with the line counted from 1
     */
    static Optional<Yaml> read(String text) throws YamlFault {
        try {
            return new YamlPlaces(text).document();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
            throw new YamlFault(
                    Clean.line(problem), mark == null ? Optional.empty() : line(mark.getLine()));
        } catch (YAMLException e) {
            throw new YamlFault(
                    Clean.line(String.valueOf(e.getMessage())).replaceFirst(" in \"'reader.*", ""),
                    Optional.empty());
        }
    }

    private static Optional<Integer> line(int fromZero) {
        return Optional.of(fromZero + 1);
    }

    private Optional<Yaml> document() throws YamlFault {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.empty();
        }
        parser.getEvent();
        Yaml root = node(0);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new YamlFault("there is more than one document in it", Optional.empty());
        }
        return Optional.of(root);
    }

    private Yaml node(int depth) throws YamlFault {
        Event event = parser.getEvent();
        if (depth > MAX_DEPTH) {
            throw new YamlFault("it is nested too deeply", line(event.getStartMark().getLine()));
        }
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            if (node.getAnchor() != null) {
                anchors.add(node.getAnchor());
            }
        }
        int start = index(event.getStartMark());
        return switch (event) {
            case AliasEvent alias -> alias(alias, start);
            case ScalarEvent scalar ->
                    new Yaml.Scalar(
                            start,
                            index(scalar.getEndMark()),
                            scalar.getValue(),
                            style(scalar.getScalarStyle()));
            case SequenceStartEvent sequence -> sequence(sequence, start, depth);
            case MappingStartEvent mapping -> mapping(mapping, start, depth);
            default ->
                    throw new YamlFault(
                            "something unexpected stands there",
                            line(event.getStartMark().getLine()));
        };
    }

    private Yaml alias(AliasEvent alias, int start) throws YamlFault {
        if (!anchors.contains(alias.getAnchor())) {
            throw new YamlFault(
                    "the alias *" + alias.getAnchor() + " has no anchor",
                    line(alias.getStartMark().getLine()));
        }
        return new Yaml.Alias(start, index(alias.getEndMark()), alias.getAnchor());
    }

    private Yaml sequence(SequenceStartEvent event, int start, int depth) throws YamlFault {
        List<Yaml> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        int end = index(parser.getEvent().getEndMark());
        boolean marked = event.getAnchor() != null || event.getTag() != null;
        return new Yaml.Sequence(start, end, event.isFlow(), marked, items);
    }

    private Yaml mapping(MappingStartEvent event, int start, int depth) throws YamlFault {
        List<Yaml.Pair> pairs = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Yaml key = node(depth + 1);
            pairs.add(new Yaml.Pair(key, node(depth + 1)));
        }
        return new Yaml.Mapping(
                start, index(parser.getEvent().getEndMark()), event.isFlow(), pairs);
    }

    private static char style(ScalarStyle style) {
        return switch (style) {
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> '"';
            case SINGLE_QUOTED -> '\'';
            case LITERAL -> '|';
            case FOLDED -> '>';
            case PLAIN -> 0;
        };
    }

    /** Marks count code points; a text is indexed by chars. Marks mostly come in order. */
    private int index(Mark mark) {
        int points = mark.getIndex();
        countedChars = text.offsetByCodePoints(countedChars, points - countedPoints);
        countedPoints = points;
        return countedChars;
    }
}
