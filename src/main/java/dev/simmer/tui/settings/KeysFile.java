package dev.simmer.tui.settings;

import dev.simmer.config.DidYouMean;
import dev.simmer.config.Mistake;
import dev.simmer.config.WordLists;
import dev.simmer.config.WordLists.Word;
import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.Action;
import dev.simmer.tui.model.Context;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.KeyText;
import dev.simmer.tui.model.KeyWish;
import dev.simmer.tui.model.KeyWishes;
import dev.simmer.tui.model.Keymap;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The user's file of keys, {@code keys.yaml}; docs/KEYS.md says what may stand in it. */
public final class KeysFile {
    /** Takes the keys of an action away. */
    private static final String NONE = "none";

    private static final int LONGEST_WORD = 60;

    private final Path file;
    private final Path name;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<KeyWish> wishes = new ArrayList<>();
    private final List<WordLists.Entry> entries = new ArrayList<>();
    private final List<List<Word>> words = new ArrayList<>();

    private KeysFile(Path file) {
        this.file = file;
        this.name = Path.of("keys.yaml");
    }

    /**
     * Where it lies: {@code $XDG_CONFIG_HOME/simmer/keys.yaml}, else {@code
     * ~/.config/simmer/keys.yaml}.
     *
     * @return empty where neither variable names an absolute folder
     */
    public static Optional<Path> place(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        // The specification says to ignore a relative path.
        if (config.startsWith("/")) {
            return Optional.of(Path.of(config, "simmer", "keys.yaml"));
        }
        return home.startsWith("/")
                ? Optional.of(Path.of(home, ".config", "simmer", "keys.yaml"))
                : Optional.empty();
    }

    /**
     * Reads it; where there is none the keys are the dashboard's own, and no reader is even loaded.
     * What is wrong in it is left out and stands in {@link Keymap#mistakes}.
     */
    public static Keymap read(Optional<Path> file) {
        if (file.isEmpty() || !Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Keymap.DEFAULT;
        }
        return new KeysFile(file.get()).keymap();
    }

    private Keymap keymap() {
        WordLists.Said said = WordLists.read(file, name);
        mistakes.addAll(said.mistakes());
        said.entries().forEach(this::entry);
        KeyWishes.Applied applied = KeyWishes.apply(wishes);
        for (KeyWishes.Fault fault : applied.faults()) {
            Word at =
                    fault.key() < 0
                            ? entries.get(fault.wish()).name()
                            : words.get(fault.wish()).get(fault.key());
            add(at, fault.wrong(), fault.right());
        }
        return applied.keymap()
                .withMistakes(mistakes.stream().sorted().map(Mistake::message).toList());
    }

    private void entry(WordLists.Entry entry) {
        Optional<Context> where = Optional.empty();
        if (entry.section().isPresent()) {
            Word section = entry.section().get();
            where = Context.of(section.text());
            if (where.isEmpty()) {
                unknown(section, "no place where keys go", Context.values(), Context::word);
                return;
            }
        }
        Optional<Action> action = Action.of(entry.name().text());
        if (action.isEmpty()) {
            unknown(entry.name(), "no action", Action.values(), Action::word);
            return;
        }
        boolean none = entry.words().size() == 1 && entry.words().getFirst().text().equals(NONE);
        List<Key> keys = new ArrayList<>();
        List<Word> places = new ArrayList<>();
        for (Word word : none ? List.<Word>of() : entry.words()) {
            key(word)
                    .filter(key -> !keys.contains(key))
                    .ifPresent(key -> {
                        keys.add(key);
                        places.add(word);
                    });
        }
        if (none || !keys.isEmpty()) {
            wishes.add(new KeyWish(action.get(), where, keys));
            entries.add(entry);
            words.add(places);
        }
    }

    private Optional<Key> key(Word word) {
        return switch (KeyText.read(word.text())) {
            case KeyText.Known(Key key) -> Optional.of(key);
            case KeyText.Unknown(String wrong, String right) -> {
                Optional<String> near = DidYouMean.nearest(word.text(), KeyText.names());
                boolean several = word.text().codePointCount(0, word.text().length()) > 1;
                add(
                        word,
                        quoted(word.text()) + " " + wrong,
                        near.filter(_ -> several).map(KeysFile::meant).orElse(right));
                yield Optional.empty();
            }
        };
    }

    private <T> void unknown(Word word, String what, T[] known, Function<T, String> name) {
        List<String> names = Stream.of(known).map(name).toList();
        Optional<String> near = DidYouMean.nearest(word.text(), names);
        add(
                word,
                quoted(word.text()) + " is " + what,
                near.map(KeysFile::meant).orElse("docs/KEYS.md has all names"));
    }

    private void add(Word at, String wrong, String right) {
        mistakes.add(new Mistake(name, at.line(), at.column(), wrong, right));
    }

    private static String meant(String near) {
        return "did you mean `" + near + "`?";
    }

    private static String quoted(String text) {
        String plain = TerminalText.plain(text);
        boolean cut = plain.codePointCount(0, plain.length()) > LONGEST_WORD;
        return "`"
                + (cut
                        ? plain.substring(0, plain.offsetByCodePoints(0, LONGEST_WORD)) + "…"
                        : plain)
                + "`";
    }
}
