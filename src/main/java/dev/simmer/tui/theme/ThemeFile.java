package dev.simmer.tui.theme;

import dev.simmer.tui.theme.Theme.Look;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one theme file; collects every mistake with its place. */
final class ThemeFile {
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}");

    private final Path file;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, Integer> palette = new HashMap<>();
    private final Map<Role, Look> looks = new EnumMap<>(Role.class);
    private String name;

    private ThemeFile(Path file) {
        this.file = file;
        String fileName = String.valueOf(file.getFileName());
        this.name = fileName.replaceFirst("\\.yaml$", "");
    }

    /** What a file turned out to be. */
    sealed interface Parsed {}

    /** A theme. */
    record Good(String name, Map<Role, Look> looks) implements Parsed {}

    /** No theme, and every reason why. */
    record Bad(List<String> mistakes) implements Parsed {}

    static Parsed parse(Path file, String text) {
        ThemeFile parser = new ThemeFile(file);
        parser.read(text);
        return parser.mistakes.isEmpty()
                ? new Good(parser.name, parser.looks)
                : new Bad(List.copyOf(parser.mistakes));
    }

    private void read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(8);
        try {
            @Nullable Node root =
                    new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null) {
                mistakes.add(file + ":1:1: the file is empty; it needs `roles:`");
            } else if (root instanceof MappingNode map) {
                top(map);
            } else {
                mistake(root, "a theme is a map with name, palette and roles");
            }
        } catch (MarkedYAMLException e) {
            @Nullable Mark mark = e.getProblemMark();
            String place = mark == null ? ":1:1" : place(mark);
            mistakes.add(file + place + ": no valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            mistakes.add(file + ":1:1: no valid YAML: " + e.getMessage());
        }
    }

    private void top(MappingNode map) {
        @Nullable Node roles = null;
        for (Entry entry : entries(map)) {
            switch (entry.key()) {
                case "name" -> readName(entry.value());
                case "palette" -> readPalette(entry.value());
                case "roles" -> roles = entry.value();
                default ->
                        mistake(
                                entry.keyNode(),
                                "unknown key `" + entry.key() + "`; known: name, palette, roles");
            }
        }
        if (roles == null) {
            mistake(map, "`roles` is missing; it says what each role looks like");
        } else {
            readRoles(roles);
        }
    }

    private void readName(Node node) {
        if (node instanceof ScalarNode scalar && NAME.matcher(scalar.getValue()).matches()) {
            name = scalar.getValue();
        } else {
            mistake(node, "a name is up to 40 letters, digits, dots and dashes");
        }
    }

    private void readPalette(Node node) {
        if (!(node instanceof MappingNode map)) {
            mistake(node, "`palette` is a map of names to colours like \"#86b7ff\"");
            return;
        }
        for (Entry entry : entries(map)) {
            OptionalInt colour = hex(entry.value());
            if (colour.isPresent()) {
                palette.put(entry.key(), colour.getAsInt());
            } else {
                mistake(entry.value(), "a colour is written \"#rrggbb\", in quotes");
            }
        }
    }

    private void readRoles(Node node) {
        if (!(node instanceof MappingNode map)) {
            mistake(node, "`roles` is a map of roles to {fg: …, bg: …, bold: …}");
            return;
        }
        for (Entry entry : entries(map)) {
            Role.ofKey(entry.key())
                    .ifPresentOrElse(
                            role -> looks.put(role, look(entry.value())),
                            () ->
                                    mistake(
                                            entry.keyNode(),
                                            "unknown role `"
                                                    + entry.key()
                                                    + "`; the roles are listed in"
                                                    + " themes/README.md"));
        }
        @Nullable Look text = looks.get(Role.TEXT);
        if (text == null || text.foreground() < 0 || text.background() < 0) {
            mistake(node, "role `text` is missing or lacks a colour; it needs both fg and bg");
        }
    }

    private Look look(Node node) {
        int foreground = -1;
        int background = -1;
        long attributes = 0;
        if (!(node instanceof MappingNode map)) {
            mistake(node, "a role is a map such as {fg: \"#86b7ff\", bold: true}");
            return new Look(-1, -1, 0);
        }
        for (Entry entry : entries(map)) {
            switch (entry.key()) {
                case "fg" -> foreground = colour(entry.value());
                case "bg" -> background = colour(entry.value());
                case "bold" -> attributes |= flag(entry.value(), Paint.BOLD);
                case "dim" -> attributes |= flag(entry.value(), Paint.DIM);
                case "italic" -> attributes |= flag(entry.value(), Paint.ITALIC);
                case "underline" -> attributes |= flag(entry.value(), Paint.UNDERLINE);
                case "inverse" -> attributes |= flag(entry.value(), Paint.INVERSE);
                default ->
                        mistake(
                                entry.keyNode(),
                                "unknown key `"
                                        + entry.key()
                                        + "`; known: fg, bg, bold, dim, italic, underline,"
                                        + " inverse");
            }
        }
        return new Look(foreground, background, attributes);
    }

    private int colour(Node node) {
        OptionalInt hex = hex(node);
        if (hex.isPresent()) {
            return hex.getAsInt();
        }
        @Nullable Integer named =
                node instanceof ScalarNode scalar ? palette.get(scalar.getValue()) : null;
        if (named == null) {
            mistake(node, "no such colour; use a name of `palette` or \"#rrggbb\" in quotes");
            return -1;
        }
        return named;
    }

    private long flag(Node node, long bit) {
        String value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!value.equals("true") && !value.equals("false")) {
            mistake(node, "expected true or false");
        }
        return value.equals("true") ? bit : 0;
    }

    private static OptionalInt hex(Node node) {
        return node instanceof ScalarNode scalar && HEX.matcher(scalar.getValue()).matches()
                ? OptionalInt.of(Integer.parseInt(scalar.getValue().substring(1), 16))
                : OptionalInt.empty();
    }

    private record Entry(String key, Node keyNode, Node value) {}

    private List<Entry> entries(MappingNode map) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                mistake(tuple.getKeyNode(), "a key is a word");
            } else if (!seen.add(key.getValue())) {
                mistake(key, "`" + key.getValue() + "` is there twice; remove one");
            } else {
                entries.add(new Entry(key.getValue(), key, tuple.getValueNode()));
            }
        }
        return entries;
    }

    private void mistake(Node node, String text) {
        mistakes.add(file + place(node.getStartMark()) + ": " + text);
    }

    private static String place(Mark mark) {
        return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
