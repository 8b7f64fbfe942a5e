package dev.simmer.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects the mistakes and warnings of one reading, each once. Not for use by two threads. */
final class Mistakes {
    private final Path file;
    private final SortedSet<Mistake> mistakes = new TreeSet<>();
    private final SortedSet<Mistake> warnings = new TreeSet<>();

    Mistakes(Path file) {
        this.file = file;
    }

    /** Something that keeps the file from being used. */
    void add(Position at, String wrong, String right) {
        addIn(file, at, wrong, right);
    }

    /** The same of a file that the task file names. */
    void addIn(Path other, Position at, String wrong, String right) {
        mistakes.add(new Mistake(other, at.line(), at.column(), wrong, right));
    }

    /** A word that is none of those that are known here. */
    void unknown(Position at, String wrong, String word, Collection<String> known) {
        Optional<String> nearest = DidYouMean.nearest(word, known);
        add(at, wrong, nearest.map(Mistakes::meant).orElseGet(() -> listed(known)));
    }

    /** Something odd that does no harm. */
    void warn(Position at, String what, String right) {
        warnings.add(new Mistake(file, at.line(), at.column(), what, right));
    }

    boolean isEmpty() {
        return mistakes.isEmpty();
    }

    /** All mistakes: the task file's first, each file's by place. */
    List<Mistake> sorted() {
        return mistakes.stream()
                .sorted((a, b) -> Boolean.compare(b.file().equals(file), a.file().equals(file)))
                .toList();
    }

    List<String> warnings() {
        return warnings.stream().map(Mistake::message).toList();
    }

    /** The question after a near miss. */
    static String meant(String nearest) {
        return "did you mean " + Visible.quoted(nearest) + "?";
    }

    private static String listed(Collection<String> known) {
        int shown = 24;
        String words = String.join(", ", known.stream().limit(shown).map(Visible::quoted).toList());
        return known.isEmpty()
                ? "there is none to name"
                : "known: " + words + (known.size() > shown ? ", …" : "");
    }
}
