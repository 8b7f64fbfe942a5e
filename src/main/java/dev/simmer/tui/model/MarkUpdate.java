package dev.simmer.tui.model;

import dev.simmer.logs.LogLine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Marking lines of a log, by keys and with the mouse. */
final class MarkUpdate {
    private MarkUpdate() {}

    /** Begins to mark at the line that the user is at; again: no marks. */
    static Step toggle(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        if (pane.reading().marks().isPresent()) {
            return Step.of(cleared(model, id));
        }
        OptionalLong line = line(model, id);
        if (line.isEmpty()) {
            return Step.of(Update.say(model, "there is no line to mark"));
        }
        long at = line.getAsLong();
        Model still = LogUpdate.stopped(model, id);
        return Step.of(marked(still, id, new Reading.Marks(at, at)));
    }

    static Model cleared(Model model, PaneId id) {
        return model.with(
                m -> m.log(id, log -> log.withReading(log.reading().withMarks(Optional.empty()))));
    }

    private static Model marked(Model model, PaneId id, Reading.Marks marks) {
        return model.with(m ->
                m.log(id, log -> log.withReading(log.reading().withMarks(Optional.of(marks)))));
    }

    /**
     * Start of the line that the user is at: where the marks end, else what a search has found
     * while it is seen, else the last line while the log is followed, else the first one seen.
     */
    static OptionalLong line(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        List<LogLine> lines = pane.lines();
        if (lines.isEmpty()) {
            return OptionalLong.empty();
        }
        Optional<Reading.Marks> marks = pane.reading().marks();
        if (marks.isPresent()) {
            return OptionalLong.of(marks.get().head());
        }
        int first = first(model, id);
        int last = Math.min(lines.size(), first + model.layout().rows(id)) - 1;
        OptionalLong hit = pane.search().map(SearchState::hit).orElse(OptionalLong.empty());
        boolean seen =
                hit.isPresent()
                        && hit.getAsLong() >= lines.get(first).offset()
                        && hit.getAsLong() <= lines.get(last).offset();
        return seen
                ? hit
                : OptionalLong.of(
                        pane.follow() ? lines.getLast().offset() : lines.get(first).offset());
    }

    private static int first(Model model, PaneId id) {
        Layout layout = model.layout();
        return LogRows.first(model.panes().get(id).log(), layout.columns(id), layout.rows(id));
    }

    /** Takes the marks further by a key that moves. */
    static Step moved(Model model, PaneId id, Action action) {
        LogPane pane = model.panes().get(id).log();
        Reading.Marks marks = pane.reading().marks().orElseThrow();
        int rows = model.layout().rows(id);
        return switch (action) {
            case UP -> moved(model, id, -1);
            case DOWN -> moved(model, id, 1);
            case PAGE_UP -> moved(model, id, -Math.max(1, rows - 1));
            case PAGE_DOWN -> moved(model, id, Math.max(1, rows - 1));
            case HALF_UP -> moved(model, id, -Math.max(1, rows / 2));
            case HALF_DOWN -> moved(model, id, Math.max(1, rows / 2));
            case TOP -> {
                Model next = marked(model, id, new Reading.Marks(marks.anchor(), pane.dropped()));
                yield pane.atStart()
                        ? Step.of(next.with(m -> m.log(id, log -> log.withTop(0))))
                        : LogUpdate.around(next, id, 0);
            }
            case BOTTOM -> {
                long end = pane.atEnd() ? pane.lines().getLast().offset() : pane.size();
                Model next = marked(model, id, new Reading.Marks(marks.anchor(), end));
                yield pane.atEnd()
                        ? Step.of(seen(next, id, pane.lines().size() - 1))
                        : LogUpdate.around(next, id, end);
            }
            default -> Step.of(model);
        };
    }

    private static Step moved(Model model, PaneId id, int by) {
        LogPane pane = model.panes().get(id).log();
        if (pane.lines().isEmpty()) {
            return Step.of(model);
        }
        Reading.Marks marks = pane.reading().marks().orElseThrow();
        int from = LogPane.indexOf(pane.lines(), marks.head());
        int to = Math.clamp(from + by, 0, pane.lines().size() - 1);
        long head = pane.lines().get(to).offset();
        Model next = seen(marked(model, id, new Reading.Marks(marks.anchor(), head)), id, to);
        return Step.of(next)
                .withMore(LogUpdate.before(next, id))
                .withMore(LogUpdate.after(next, id));
    }

    /** Scrolls as little as it takes to see a line. */
    private static Model seen(Model model, PaneId id, int line) {
        LogPane pane = model.panes().get(id).log();
        Layout layout = model.layout();
        LogRows.Spot first = LogRows.spot(pane, layout.columns(id), layout.rows(id));
        List<LogLine> up = pane.lines().subList(0, line + 1);
        int columns = pane.textColumns(layout.columns(id));
        LogRows.Spot lowest = LogRows.atEnd(up, pane.wrap(), columns, layout.rows(id));
        LogRows.Spot start = new LogRows.Spot(line, 0);
        LogRows.Spot top =
                start.compareTo(first) < 0 ? start : first.or(lowest.or(start, false), true);
        return model.with(m -> m.log(id, log -> log.withFollow(false).withTop(top)));
    }

    /** Notes where the mouse was pressed: there marks begin if it is drawn from there. */
    static Model pressed(Model model, PaneId id, int row) {
        OptionalLong line = lineAt(model, id, row);
        return model.with(m ->
                m.log(
                        id,
                        log -> {
                            Reading none = log.reading().withMarks(Optional.empty());
                            return log.withReading(none.withPressed(line));
                        }));
    }

    /** Takes the marks to where the mouse is. */
    static Model dragged(Model model, int column, int row) {
        Optional<PaneId> hit = model.layout().paneAt(column, row);
        boolean plain = model.mode() instanceof Mode.Normal;
        if (hit.isEmpty() || !plain || model.arrangement().dragged().isPresent()) {
            return model;
        }
        PaneId id = hit.get();
        OptionalLong pressed = model.panes().get(id).log().reading().pressed();
        OptionalLong line = lineAt(model, id, row);
        if (pressed.isEmpty() || line.isEmpty()) {
            return model;
        }
        Reading.Marks marks = new Reading.Marks(pressed.getAsLong(), line.getAsLong());
        return marked(LogUpdate.stopped(model, id), id, marks);
    }

    /** Start of the line that is shown in a row of the screen. */
    private static OptionalLong lineAt(Model model, PaneId id, int row) {
        LogPane pane = model.panes().get(id).log();
        Optional<PaneBox> box = model.layout().pane(id);
        if (box.isEmpty() || pane.lines().isEmpty()) {
            return OptionalLong.empty();
        }
        int columns = pane.textColumns(box.get().columns());
        int y = box.get().box().y() + 1 + box.get().detail() + box.get().rule();
        LogRows.Spot first = LogRows.spot(pane, box.get().columns(), box.get().rows());
        y -= first.row();
        for (int i = first.line(); i < pane.lines().size(); i++) {
            y += LogRows.rows(pane.lines().get(i), pane.wrap(), columns);
            if (row < y) {
                return OptionalLong.of(pane.lines().get(i).offset());
            }
        }
        return OptionalLong.of(pane.lines().getLast().offset());
    }
}
