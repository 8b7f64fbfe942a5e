package dev.simmer.config;

import java.util.Comparator;

/**
 * A place in a text file; both count from 1, columns in code points.
 *
 * @param line the line
 * @param column the column
 */
record Position(int line, int column) implements Comparable<Position> {
    /** Where a file begins; mistakes of the file as a whole stand here. */
    static final Position START = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** The place so many columns further on the same line. */
    Position right(int columns) {
        return new Position(line, column + columns);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
