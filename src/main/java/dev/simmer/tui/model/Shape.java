package dev.simmer.tui.model;

import java.util.Optional;
import java.util.stream.Stream;

/** How table and logs lie to one another. */
public enum Shape {
    /** As the screen's own shape suggests. */
    AUTOMATIC,
    /** The logs to the right of the table. */
    BESIDE,
    /** The logs under the table. */
    BELOW;

    private static final int BESIDE_FROM_COLUMNS = 140;

    /** What people call it. */
    public String word() {
        return switch (this) {
            case AUTOMATIC -> "automatic";
            case BESIDE -> "beside";
            case BELOW -> "below";
        };
    }

    /** The shape of a word. */
    static Optional<Shape> of(String word) {
        return Stream.of(values()).filter(shape -> shape.word().equals(word)).findFirst();
    }

    Shape next() {
        return switch (this) {
            case AUTOMATIC -> BESIDE;
            case BESIDE -> BELOW;
            case BELOW -> AUTOMATIC;
        };
    }

    /** Whether the logs are beside the table on a screen of this size. */
    boolean beside(int columns, int rows) {
        return switch (this) {
            case AUTOMATIC -> columns >= BESIDE_FROM_COLUMNS && 10 * columns >= 26 * rows;
            case BESIDE -> columns >= 2 * Layout.LEAST_PART_COLUMNS;
            case BELOW -> false;
        };
    }
}
