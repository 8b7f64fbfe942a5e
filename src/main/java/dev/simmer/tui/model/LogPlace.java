package dev.simmer.tui.model;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a log is scrolled to, so that what is wanted is seen. */
final class LogPlace {
    private LogPlace() {}

    /** The lines around a place have come: that place is seen, with some rows above it. */
    static LogPane around(LogPane pane, Layout layout, PaneId id, long offset) {
        List<LogLine> lines = pane.lines();
        if (lines.isEmpty()) {
            return pane;
        }
        int index = LogPane.indexOf(lines, offset);
        LogLine line = lines.get(index);
        if (isHit(pane, line.offset())) {
            return hit(pane, layout, id, index);
        }
        int columns = layout.columns(id);
        int rows = LogRows.rows(line, pane.wrap(), pane.textColumns(columns));
        long bytes = Math.max(1, line.end() - line.offset());
        long row = Math.clamp((offset - line.offset()) * rows / bytes, 0, rows - 1);
        LogRows.Spot spot = new LogRows.Spot(index, (int) row);
        int above = offset == 0 ? 0 : layout.rows(id) / 3;
        return above(pane, columns, spot, above);
    }

    /** Wraps lines, or cuts them; what a search has found goes on being seen. */
    static LogPane wrapped(LogPane pane, Layout layout, PaneId id, boolean on) {
        LogPane wrapped = pane.withWrap(on);
        List<LogLine> lines = pane.lines();
        OptionalLong hit = pane.search().map(SearchState::hit).orElse(OptionalLong.empty());
        if (hit.isEmpty() || lines.isEmpty() || pane.follow()) {
            return wrapped;
        }
        int index = LogPane.indexOf(lines, hit.getAsLong());
        int first = LogRows.first(pane, layout.columns(id), layout.rows(id));
        boolean near = index >= first && index < first + layout.rows(id);
        return near && isHit(pane, lines.get(index).offset())
                ? hit(wrapped, layout, id, index)
                : wrapped;
    }

    /** A report begins below the facts for programs at its top. */
    static LogPane opened(LogPane pane) {
        List<LogLine> lines = pane.lines();
        boolean report = pane.source().filter(key -> key.sheet() == Sheet.REPORT).isPresent();
        if (!report || lines.isEmpty() || !isFence(lines.getFirst())) {
            return pane.withTop(0);
        }
        for (int i = 1; i + 1 < lines.size(); i++) {
            if (isFence(lines.get(i))) {
                return pane.withTop(i + 1);
            }
        }
        return pane.withTop(0);
    }

    /** Whether a line begins or ends the facts for programs at the top of a report. */
    static boolean isFence(LogLine line) {
        return line.line().text().equals("---");
    }

    private static boolean isHit(LogPane pane, long offset) {
        return pane.search().filter(s -> s.hit().orElse(-1) == offset).isPresent();
    }

    private static LogPane above(LogPane pane, int columns, LogRows.Spot spot, int rows) {
        LogRows.Spot top = LogRows.moved(pane, columns, spot, -rows);
        return pane.withTop(top.or(LogRows.Spot.START, true));
    }

    /** Lines before the first one have come: goes on up by the rows that were still wanted. */
    static LogPane before(LogPane old, LogPane merged, Layout layout, PaneId id) {
        int more = merged.top() - old.top();
        if (old.top() >= 0 || more <= 0) {
            return merged;
        }
        return above(merged, layout.columns(id), new LogRows.Spot(more, 0), -old.top());
    }

    /** Scrolls to what a search has found in a line, where it is not seen. */
    static LogPane hit(LogPane pane, Layout layout, PaneId id, int index) {
        int columns = layout.columns(id);
        int rows = layout.rows(id);
        int text = pane.textColumns(columns);
        String line = pane.lines().get(index).line().text();
        Optional<LogSearch.Match> match = match(pane, line);
        int start = match.map(LogSearch.Match::start).orElse(0);
        int row = pane.wrap() ? LogRows.row(line, text, start) : 0;
        LogRows.Spot at = new LogRows.Spot(index, row);
        LogRows.Spot first = LogRows.spot(pane, columns, rows);
        boolean seen =
                first.compareTo(at) <= 0 && LogRows.between(pane, columns, first, at, rows) < rows;
        LogPane still = pane.withFollow(false);
        LogPane placed = seen ? still.withTop(first) : above(still, columns, at, rows / 3);
        return pane.wrap() || match.isEmpty() ? placed : sideways(placed, text, line, match.get());
    }

    /** Moves a cut line so that a match is seen, and to its beginning where that is enough. */
    private static LogPane sideways(LogPane pane, int columns, String line, LogSearch.Match match) {
        int from = CellWidth.width(line.substring(0, match.start()));
        int to = from + CellWidth.width(line.substring(match.start(), match.end()));
        if (from >= pane.left() && Math.min(to, from + columns) <= pane.left() + columns) {
            return pane;
        }
        return pane.withLeft(to <= columns ? 0 : from - columns / 3);
    }

    private static Optional<LogSearch.Match> match(LogPane pane, String line) {
        return pane.search()
                .map(SearchState::sought)
                .flatMap(LogPlace::matcher)
                .flatMap(search -> search.matches(line).stream().findFirst());
    }

    private static Optional<LogSearch> matcher(Sought sought) {
        return switch (sought.kind()) {
            case TEXT -> Optional.of(LogSearch.literal(sought.words()));
            case REGEX -> Optional.of(LogSearch.regex(sought.words()));
            case ERRORS -> Optional.empty();
        };
    }
}
