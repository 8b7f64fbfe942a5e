package dev.simmer.config;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * What is wrong at one place of a file, for people. The texts hold no control character.
 *
 * @param file as it was named to the reader
 * @param line from 1
 * @param column from 1, in code points
 * @param wrong what is wrong
 * @param right what would be right; may be empty
 */
public record Mistake(Path file, int line, int column, String wrong, String right)
        implements Comparable<Mistake> {
    private static final Comparator<Mistake> ORDER =
            Comparator.comparing(Mistake::file)
                    .thenComparingInt(Mistake::line)
                    .thenComparingInt(Mistake::column)
                    .thenComparing(Mistake::wrong)
                    .thenComparing(Mistake::right);

    /** One line: {@code file:line:column: what is wrong; what would be right}. */
    public String message() {
        String text = Visible.whole(file.toString()) + ":" + line + ":" + column + ": " + wrong;
        return right.isEmpty() ? text : text + "; " + right;
    }

    /** By file, then by place. */
    @Override
    public int compareTo(Mistake other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return message();
    }
}
