package dev.simmer.agent.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The change of one entry in a session file's bytes; no file is touched here.
 *
 * <p>Places come from the YAML parser's events, and only the bytes of the values that change are
 * written. The result is read again: unless it says exactly what was meant, and all else as before,
 * the change is refused. So a form of YAML that was not thought of costs an entry, never a file.
 */
final class SessionText {
    private static final String LIST = "background_agents";

    private SessionText() {}

    /** What a session file is by its name. */
    enum Kind {
        /** Front matter and a text. */
        MARKDOWN,
        /** YAML from its first to its last line. */
        YAML,
        /** Never written, as what would be is YAML's and not JSON's. */
        JSON;

        static Kind of(String name) {
            String small = name.toLowerCase(Locale.ROOT);
            if (small.endsWith(".json")) {
                return JSON;
            }
            return small.endsWith(".yaml") || small.endsWith(".yml") ? YAML : MARKDOWN;
        }
    }

    /** Sets the entry in a Markdown file, as {@link #with(byte[], AgentEntry, Kind)}. */
    static byte[] with(byte[] file, AgentEntry entry) throws YamlFault {
        return with(file, entry, Kind.MARKDOWN);
    }

    /**
     * Sets the entry. A file without front matter which as a whole is YAML with the list is taken
     * for that whatever its kind.
     *
     * @return the new bytes; those given where nothing is to change
     * @throws YamlFault where the front matter is not understood
     */
    static byte[] with(byte[] file, AgentEntry entry, Kind kind) throws YamlFault {
        if (kind == Kind.JSON) {
            throw new YamlFault("it is JSON", Optional.empty());
        }
        Optional<FrontMatter> found = matter(file, kind);
        if (found.isEmpty()) {
            return inFront(file, entry);
        }
        FrontMatter matter = found.get();
        Optional<Yaml> before = YamlPlaces.read(matter.text());
        YamlEdit edit = new YamlEdit(matter.text(), matter.lineEnd());
        change(edit, matter, before, entry);
        if (edit.nothingToDo()) {
            return file;
        }
        String changed = edit.result();
        checkSame(before, YamlPlaces.read(changed), entry);
        byte[] result = matter.with(file, changed);
        Optional<FrontMatter> again = matter(result, kind);
        if (again.isEmpty() || !again.get().text().equals(changed)) {
            throw new YamlFault("the change would move the closing line ---", Optional.empty());
        }
        return result;
    }

    private static Optional<FrontMatter> matter(byte[] file, Kind kind) throws YamlFault {
        if (kind == Kind.YAML) {
            Optional<FrontMatter> closed = closed(file);
            return closed.isPresent() ? closed : Optional.of(FrontMatter.whole(file));
        }
        Optional<FrontMatter> found = FrontMatter.find(file);
        return found.isPresent() ? found : wholeWithList(file);
    }

    private static Optional<FrontMatter> closed(byte[] file) {
        try {
            return FrontMatter.find(file);
        } catch (YamlFault e) {
            return Optional.empty();
        }
    }

    private static Optional<FrontMatter> wholeWithList(byte[] file) {
        try {
            FrontMatter whole = FrontMatter.whole(file);
            return YamlPlaces.read(whole.text())
                    .filter(Yaml.Mapping.class::isInstance)
                    .map(Yaml.Mapping.class::cast)
                    .filter(mapping -> mapping.get(LIST).isPresent())
                    .map(_ -> whole);
        } catch (YamlFault e) {
            return Optional.empty();
        }
    }

    /** A file without front matter gets one; what it held stands behind it, unchanged. */
    private static byte[] inFront(byte[] file, AgentEntry entry) {
        int begin = FrontMatter.markLength(file);
        String end = FrontMatter.lineEndOf(file);
        String text = "---" + end + freshList(new YamlEdit("", end), 0, end, entry) + "---" + end;
        return FrontMatter.joined(file, begin, begin, text);
    }

    private static String freshList(YamlEdit edit, int column, String end, AgentEntry entry) {
        return " ".repeat(column)
                + (LIST + ":" + end)
                + edit.item(column + 2, entry.fields())
                + end;
    }

    private static void change(
            YamlEdit edit, FrontMatter matter, Optional<Yaml> root, AgentEntry entry)
            throws YamlFault {
        int length = matter.text().length();
        if (root.isEmpty() || isNull(root.get())) {
            if (root.isPresent() && root.get().start() != root.get().end()) {
                throw new YamlFault("the front matter is null", Optional.empty());
            }
            edit.put(length, length, broken(matter) + freshList(edit, 0, matter.lineEnd(), entry));
            return;
        }
        if (!(root.get() instanceof Yaml.Mapping mapping)) {
            throw new YamlFault("the front matter is no mapping of keys", Optional.empty());
        }
        Optional<Yaml> list = mapping.get(LIST);
        if (list.isEmpty()) {
            addList(edit, matter, mapping, entry);
            return;
        }
        switch (list.get()) {
            case Yaml.Sequence sequence -> changeList(edit, sequence, entry);
            case Yaml.Scalar scalar when scalar.isNull() -> fillNull(edit, mapping, scalar, entry);
            case Yaml.Scalar _, Yaml.Alias _, Yaml.Mapping _ ->
                    throw new YamlFault(LIST + " is not a list", Optional.empty());
        }
    }

    private static boolean isNull(Yaml node) {
        return node instanceof Yaml.Scalar scalar && scalar.isNull();
    }

    /** The line break that a last line lacks. */
    private static String broken(FrontMatter matter) {
        return matter.text().isEmpty() || matter.text().endsWith("\n") ? "" : matter.lineEnd();
    }

    private static void addList(
            YamlEdit edit, FrontMatter matter, Yaml.Mapping root, AgentEntry entry) {
        if (root.flow()) {
            int place =
                    root.pairs().isEmpty()
                            ? root.end() - 1
                            : root.pairs().getLast().value().contentEnd();
            String item = LIST + ": [" + edit.flowItem(entry.fields()) + "]";
            edit.put(place, place, root.pairs().isEmpty() ? item : ", " + item);
            return;
        }
        int column = edit.keyColumn(root);
        int end = matter.text().length();
        edit.put(end, end, broken(matter) + freshList(edit, column, matter.lineEnd(), entry));
    }

    private static void fillNull(
            YamlEdit edit, Yaml.Mapping root, Yaml.Scalar nothing, AgentEntry entry) {
        if (root.flow() || nothing.start() != nothing.end()) {
            String space = nothing.start() == nothing.end() ? " " : "";
            edit.put(
                    nothing.start(),
                    nothing.end(),
                    space + "[" + edit.flowItem(entry.fields()) + "]");
            return;
        }
        int column = edit.keyColumn(root);
        edit.addLines(nothing.end(), edit.item(column + 2, entry.fields()));
    }

    private static void changeList(YamlEdit edit, Yaml.Sequence list, AgentEntry entry) {
        boolean found = false;
        for (Yaml item : list.items()) {
            if (item instanceof Yaml.Mapping mapping && isOf(mapping, entry.id())) {
                edit.set(mapping, entry.changes());
                found = true;
            }
        }
        if (!found) {
            edit.append(list, entry.fields());
        }
    }

    private static boolean isOf(Yaml.Mapping item, String id) {
        return item.text("id").filter(id::equals).isPresent();
    }

    /** Holds when the entry says what was meant and all the rest says what it said. */
    private static void checkSame(Optional<Yaml> before, Optional<Yaml> after, AgentEntry entry)
            throws YamlFault {
        boolean right =
                after.isPresent()
                        && after.get() instanceof Yaml.Mapping root
                        && root.get(LIST).isPresent()
                        && root.get(LIST).get() instanceof Yaml.Sequence list
                        && list.items().stream()
                                .filter(Yaml.Mapping.class::isInstance)
                                .map(Yaml.Mapping.class::cast)
                                .filter(item -> isOf(item, entry.id()))
                                .map(item -> says(item, entry.changes()))
                                .reduce(Boolean::logicalAnd)
                                .orElse(false);
        boolean added = !holds(before, entry);
        if (!right || !rest(before, entry, added).equals(rest(after, entry, added))) {
            throw new YamlFault(
                    "its form does not let the entry be changed alone", Optional.empty());
        }
    }

    private static boolean holds(Optional<Yaml> root, AgentEntry entry) {
        return root.isPresent()
                && root.get() instanceof Yaml.Mapping mapping
                && mapping.get(LIST).isPresent()
                && mapping.get(LIST).get() instanceof Yaml.Sequence list
                && list.items().stream()
                        .anyMatch(
                                item -> item instanceof Yaml.Mapping one && isOf(one, entry.id()));
    }

    private static boolean says(Yaml.Mapping item, Map<String, String> changes) {
        return changes.entrySet().stream()
                .allMatch(change ->
                        item.text(change.getKey()).filter(change.getValue()::equals).isPresent());
    }

    /** The front matter's meaning without what the entry may change. */
    private static List<Object> rest(
            Optional<Yaml> root, AgentEntry entry, boolean withoutTheEntry) {
        List<Object> rest = new ArrayList<>();
        if (root.isPresent() && root.get() instanceof Yaml.Mapping mapping) {
            for (Yaml.Pair pair : mapping.pairs()) {
                if (!pair.is(LIST)) {
                    rest.add(List.of(meaning(pair.key()), meaning(pair.value())));
                } else if (pair.value() instanceof Yaml.Sequence list) {
                    rest.addAll(items(list, entry, withoutTheEntry));
                }
            }
        }
        return rest;
    }

    private static List<Object> items(
            Yaml.Sequence list, AgentEntry entry, boolean withoutTheEntry) {
        List<Object> items = new ArrayList<>();
        for (Yaml item : list.items()) {
            if (!(item instanceof Yaml.Mapping mapping) || !isOf(mapping, entry.id())) {
                items.add(meaning(item));
            } else if (!withoutTheEntry) {
                items.add(
                        mapping.pairs().stream()
                                .filter(pair ->
                                        entry.changes().keySet().stream().noneMatch(pair::is))
                                .map(pair -> List.of(meaning(pair.key()), meaning(pair.value())))
                                .toList());
            }
        }
        return items;
    }

    static Object meaning(Yaml node) {
        return switch (node) {
            case Yaml.Scalar scalar -> scalar.isNull() ? List.of() : scalar.value();
            case Yaml.Alias alias -> List.of("*", alias.name());
            case Yaml.Sequence list -> list.items().stream().map(SessionText::meaning).toList();
            case Yaml.Mapping mapping ->
                    mapping.pairs().stream()
                            .map(pair -> List.of(meaning(pair.key()), meaning(pair.value())))
                            .toList();
        };
    }
}
