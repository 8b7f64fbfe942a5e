package dev.simmer.tui.model;

/**
 * A border that can be moved, as it lies on the screen.
 *
 * @param which of them
 * @param body what it divides
 * @param first columns or rows of the left or upper part
 */
public record Border(Divider which, Rect body, int first) {
    /** Where a share of the body lies, as far as both parts keep their smallest size. */
    static Border at(Divider which, Rect body, int wanted) {
        int whole = whole(which, body);
        int least = Math.min(which.least(), whole / 2);
        return new Border(which, body, Math.clamp(wanted, least, whole - least));
    }

    private static int whole(Divider which, Rect body) {
        return which.upright() ? body.width() : body.height();
    }

    /** Columns or rows of both parts. */
    int whole() {
        return whole(which, body);
    }

    /** The left or upper part. */
    Rect before() {
        return which.upright()
                ? new Rect(body.x(), body.y(), first, body.height())
                : new Rect(body.x(), body.y(), body.width(), first);
    }

    /** The right or lower part. */
    Rect after() {
        return which.upright()
                ? new Rect(body.x() + first, body.y(), body.width() - first, body.height())
                : new Rect(body.x(), body.y() + first, body.width(), body.height() - first);
    }

    /** How far into the body a cell lies, across the border. */
    int along(int column, int row) {
        return which.upright() ? column - body.x() : row - body.y();
    }

    /** Whether a cell lies on it: the last line of one part, or the first of the other. */
    public boolean contains(int column, int row) {
        int along = along(column, row);
        return body.contains(column, row) && (along == first - 1 || along == first);
    }
}
