package dev.simmer.tui.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the user wants the screen divided. Immutable.
 *
 * @param shape how table and logs lie to one another
 * @param shares what the first of two parts has of both, in ten-thousandths; nothing for those that
 *     Simmer may choose
 * @param zoom present while one part fills the screen: what had the keys before
 * @param dragged the border that the mouse holds
 * @param mouse whether the terminal reports the mouse; else it selects text itself
 */
public record Arrangement(
        Shape shape,
        Map<Divider, Integer> shares,
        Optional<Focus> zoom,
        Optional<Divider> dragged,
        boolean mouse) {
    /** The whole of a share. */
    public static final int WHOLE = 10_000;

    /** Nothing was chosen. */
    public static final Arrangement AUTOMATIC =
            new Arrangement(Shape.AUTOMATIC, Map.of(), Optional.empty(), Optional.empty(), true);

    public Arrangement {
        Map<Divider, Integer> valid = new EnumMap<>(Divider.class);
        shares.forEach((which, share) -> valid.put(which, Math.clamp(share, 1, WHOLE)));
        shares = Collections.unmodifiableMap(valid);
    }

    Arrangement restored(Shape other, Map<Divider, Integer> all) {
        return new Arrangement(other, all, zoom, dragged, mouse);
    }

    Arrangement withShape(Shape other) {
        return new Arrangement(other, shares, zoom, dragged, mouse);
    }

    Arrangement withZoom(Optional<Focus> from) {
        return new Arrangement(shape, shares, from, dragged, mouse);
    }

    Arrangement withDragged(Optional<Divider> held) {
        return new Arrangement(shape, shares, zoom, held, mouse);
    }

    Arrangement withMouse(boolean on) {
        return new Arrangement(shape, shares, zoom, dragged, on);
    }

    /** Gives the first of two parts this many columns or rows. */
    Arrangement with(Border border) {
        int whole = Math.max(1, border.whole());
        Map<Divider, Integer> changed = new EnumMap<>(Divider.class);
        changed.putAll(shares);
        changed.put(border.which(), (2 * border.first() * WHOLE + whole) / (2 * whole));
        return new Arrangement(shape, changed, zoom, dragged, mouse);
    }

    /** A border where it is wished for; {@code best}: where nothing is wished for. */
    Border border(Divider which, Rect body, int best) {
        Integer share = shares.get(which);
        int whole = which.upright() ? body.width() : body.height();
        int wished = share == null ? best : (2 * share * whole + WHOLE) / (2 * WHOLE);
        return Border.at(which, body, wished);
    }
}
