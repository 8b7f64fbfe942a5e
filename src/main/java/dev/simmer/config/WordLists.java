package dev.simmer.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a small YAML file that gives names words: {@code name: word}, {@code name: [word, word]},
 * and the same under the name of a section. What names and words mean is for others to say, who get
 * told where each stands.
 */
public final class WordLists {
    private final Mistakes mistakes;
    private final List<Entry> entries = new ArrayList<>();

    private WordLists(Path name) {
        mistakes = new Mistakes(name);
    }

    /**
     * A word of the file, quotes and escapes resolved.
     *
     * @param line where it stands, from 1
     * @param column the same, in code points
     */
    public record Word(String text, int line, int column) {
        private static Word of(YamlNode.Scalar scalar) {
            return new Word(scalar.text(), scalar.at().line(), scalar.at().column());
        }
    }

    /**
     * A name with its words.
     *
     * @param section under which it stands, where it stands under one
     * @param words at least one
     */
    public record Entry(Optional<Word> section, Word name, List<Word> words) {
        public Entry {
            words = List.copyOf(words);
        }
    }

    /**
     * What the file says.
     *
     * @param entries what could be read, in the order of the file
     * @param mistakes what could not, in the order of their places
     */
    public record Said(List<Entry> entries, List<Mistake> mistakes) {
        public Said {
            entries = List.copyOf(entries);
            mistakes = List.copyOf(mistakes);
        }
    }

    /**
     * Reads a file. Never waits for a pipe, and never throws for what a file holds.
     *
     * @param file the file
     * @param name what mistakes call it
     */
    public static Said read(Path file, Path name) {
        WordLists lists = new WordLists(name);
        switch (SourceText.read(file)) {
            case SourceText.Text source when UserConfigReader.saysNothing(source.text()) -> {}
            case SourceText.Text source ->
                    YamlTreeReader.read(source.text(), lists.mistakes).ifPresent(lists::root);
            case SourceText.NoFile none ->
                    lists.mistakes.add(Position.START, none.wrong(), none.right());
            case SourceText.BadText bad -> lists.mistakes.add(bad.at(), bad.wrong(), bad.right());
        }
        return new Said(lists.entries, lists.mistakes.sorted());
    }

    private void root(YamlNode root) {
        if (!(root instanceof YamlNode.Mapping map)) {
            mistakes.add(
                    root.at(),
                    "the file is a map, not " + root.sort(),
                    "write a `name: word` on each line");
            return;
        }
        for (YamlNode.Entry entry : map.entries()) {
            if (entry.value() instanceof YamlNode.Mapping section) {
                Optional<Word> under = Optional.of(Word.of(entry.key()));
                section.entries().forEach(each -> entry(under, each));
            } else {
                entry(Optional.empty(), entry);
            }
        }
    }

    private void entry(Optional<Word> section, YamlNode.Entry entry) {
        List<Word> words =
                switch (entry.value()) {
                    case YamlNode.Scalar scalar -> word(scalar);
                    case YamlNode.Sequence list ->
                            list.items().stream().flatMap(item -> word(item).stream()).toList();
                    case YamlNode.Mapping deeper -> {
                        mistakes.add(
                                deeper.at(),
                                "a map stands here, two deep",
                                "write a word or a list of words");
                        yield List.of();
                    }
                };
        if (!words.isEmpty()) {
            entries.add(new Entry(section, Word.of(entry.key()), words));
        }
    }

    private List<Word> word(YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            mistakes.add(node.at(), "this is a word, not " + node.sort(), "write one word");
            return List.of();
        }
        if (scalar.isNothing() || scalar.text().isEmpty()) {
            mistakes.add(
                    scalar.at(),
                    "nothing stands here",
                    "write a word; a sign that YAML knows, such as #, in quotes");
            return List.of();
        }
        return List.of(Word.of(scalar));
    }
}
