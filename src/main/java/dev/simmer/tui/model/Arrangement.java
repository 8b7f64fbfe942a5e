package dev.simmer.tui.model;

import java.util.Optional;

/**
 * How the user wants the screen divided. Immutable.
 *
 * @param shape how table and logs lie to one another
 * @param besideShare what the table has of the width beside the logs, in ten-thousandths; 0: as
 *     Simmer thinks best
 * @param belowShare what it has of the height above them, likewise
 * @param zoom present while one part fills the screen: what had the keys before
 */
public record Arrangement(Shape shape, int besideShare, int belowShare, Optional<Focus> zoom) {
    /** Nothing was chosen. */
    public static final Arrangement AUTOMATIC =
            new Arrangement(Shape.AUTOMATIC, 0, 0, Optional.empty());

    /** The whole. */
    static final int WHOLE = 10_000;

    public Arrangement {
        besideShare = Math.clamp(besideShare, 0, WHOLE);
        belowShare = Math.clamp(belowShare, 0, WHOLE);
    }

    Arrangement withShape(Shape other) {
        return new Arrangement(other, besideShare, belowShare, zoom);
    }

    Arrangement withZoom(Optional<Focus> from) {
        return new Arrangement(shape, besideShare, belowShare, from);
    }

    /** Gives the table this many columns or rows of a whole. */
    Arrangement withTable(boolean beside, int cells, int of) {
        int share = Math.clamp((2L * cells * WHOLE + of) / (2L * Math.max(1, of)), 1, WHOLE);
        return beside
                ? new Arrangement(shape, share, belowShare, zoom)
                : new Arrangement(shape, besideShare, share, zoom);
    }

    /** What a share of a whole is in cells. */
    static int cells(int share, int of) {
        return (2 * share * of + WHOLE) / (2 * WHOLE);
    }
}
