package dev.simmer.tui.model;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Scrolling, following and searching the log of a pane. The pane holds a window of lines; when
 * scrolling comes near its edge more is asked for, and {@code top} may lie outside of the window
 * for the moment until the answer comes.
 */
final class LogUpdate {
    /** Lines that are asked for at once when scrolling. */
    static final int CHUNK = 200;

    private LogUpdate() {}

    static Cmd tail(PaneId id, LogKey key, Layout layout, long knownSize) {
        return new Cmd.ReadLog(id, key, new Cmd.Where.Tail(), layout.rows(id), knownSize);
    }

    /** The first reading of a file. */
    static Cmd begin(Pane pane, LogKey key, Layout layout) {
        return switch (pane.sheet()) {
            case OUTPUT, RAW, MERGED -> tail(pane.id(), key, layout, -1);
            case DIFF, REPORT ->
                    new Cmd.ReadLog(pane.id(), key, new Cmd.Where.Around(0), CHUNK, -1);
        };
    }

    /** Looks whether the logs that are seen have grown; of tasks that have ended none does. */
    static Step poll(Model model) {
        Layout layout = model.layout();
        List<Cmd> reads = new ArrayList<>();
        for (PaneBox box : layout.logs()) {
            Pane pane = model.panes().get(box.id());
            if (Timers.grows(model, pane)) {
                pane.log().source().ifPresent(key -> reads.add(poll(pane, key, layout)));
            }
        }
        return new Step(model, reads);
    }

    private static Cmd poll(Pane pane, LogKey key, Layout layout) {
        long size = pane.log().size();
        return pane.log().follow()
                ? tail(pane.id(), key, layout, size)
                : new Cmd.ReadLog(pane.id(), key, new Cmd.Where.SizeOnly(), 0, size);
    }

    static Step read(Model model, Msg.LogRead read) {
        PaneId id = read.pane();
        Optional<Pane> shown = model.panes().find(id);
        if (shown.isEmpty() || !Optional.of(read.key()).equals(shown.get().log().source())) {
            return Step.of(model);
        }
        LogPane pane = shown.get().log();
        boolean late = read.where() instanceof Cmd.Where.Tail && !pane.follow();
        if (late && !pane.lines().isEmpty()) {
            return Step.of(model);
        }
        LogPane merged =
                pane.withDropped(read.dropped())
                        .merged(read.where(), read.lines(), read.size())
                        .withReading(pane.reading().withTimes(read.times()));
        Layout layout = model.layout();
        if (read.where() instanceof Cmd.Where.Around(long offset)) {
            boolean opens = offset == 0 && pane.lines().isEmpty();
            merged = opens ? LogPlace.opened(merged) : LogPlace.around(merged, layout, id, offset);
        } else if (read.where() instanceof Cmd.Where.Before) {
            merged = LogPlace.before(pane, merged, layout, id);
        }
        Model next = with(model, id, merged);
        boolean lost = merged.lines().isEmpty() && merged.size() > 0 && !pane.lines().isEmpty();
        return lost ? Step.of(next, tail(id, read.key(), layout, -1)) : Step.of(next);
    }

    /** Says why in every pane that shows this file. */
    static Step unreadable(Model model, LogKey key, String why) {
        Model next = model;
        for (Pane pane : model.panes().each()) {
            if (Optional.of(key).equals(pane.log().source())) {
                next = with(next, pane.id(), pane.log().withTrouble(why));
            }
        }
        return Step.of(next);
    }

    static Step scroll(Model model, PaneId id, int by) {
        LogPane pane = model.panes().get(id).log();
        if (pane.lines().isEmpty() || by == 0) {
            return Step.of(model);
        }
        Layout layout = model.layout();
        int columns = layout.columns(id);
        LogRows.Spot first = LogRows.spot(pane, columns, layout.rows(id));
        LogRows.Spot top = new LogRows.Spot(pane.top(), pane.row());
        LogRows.Spot from = pane.follow() ? first : first.or(top, by > 0);
        LogRows.Spot wanted = LogRows.moved(pane, columns, from, by);
        LogRows.Spot last = atEnd(pane, layout, id);
        return by < 0 ? up(model, id, wanted, last) : down(model, id, wanted, last);
    }

    private static LogRows.Spot atEnd(LogPane pane, Layout layout, PaneId id) {
        int columns = pane.textColumns(layout.columns(id));
        return LogRows.atEnd(pane.lines(), pane.wrap(), columns, layout.rows(id));
    }

    private static Step up(Model model, PaneId id, LogRows.Spot wanted, LogRows.Spot last) {
        LogPane pane = model.panes().get(id).log();
        boolean whole = pane.atStart() && last.equals(LogRows.Spot.START);
        if (whole) {
            return Step.of(model);
        }
        LogRows.Spot first = new LogRows.Spot(pane.atStart() ? 0 : -CHUNK, 0);
        Model next = with(model, id, pane.withFollow(false).withTop(wanted.or(first, true)));
        return Step.of(next).withMore(before(next, id));
    }

    private static Step down(Model model, PaneId id, LogRows.Spot wanted, LogRows.Spot last) {
        LogPane pane = model.panes().get(id).log();
        boolean beyond = LogRows.opens(pane) && pane.top() > last.line();
        if (pane.follow() || beyond) {
            return Step.of(model);
        }
        if (pane.atEnd() && wanted.compareTo(last) >= 0) {
            return follow(model, id, true);
        }
        LogRows.Spot end = new LogRows.Spot(pane.lines().size(), 0);
        Model next = with(model, id, pane.withTop(wanted.or(end, false)));
        return Step.of(next).withMore(after(next, id));
    }

    static Optional<Cmd> before(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        if (pane.atStart() || pane.top() > model.layout().rows(id)) {
            return Optional.empty();
        }
        long offset = pane.lines().getFirst().offset();
        return pane.source()
                .map(key -> new Cmd.ReadLog(id, key, new Cmd.Where.Before(offset), CHUNK, -1));
    }

    static Optional<Cmd> after(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        int rows = model.layout().rows(id);
        if (pane.atEnd() || pane.top() + 3 * rows < pane.lines().size()) {
            return Optional.empty();
        }
        long offset = pane.lines().getLast().offset();
        return pane.source()
                .map(key -> new Cmd.ReadLog(id, key, new Cmd.Where.From(offset), CHUNK, -1));
    }

    static Step top(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        if (pane.source().isEmpty() || pane.lines().isEmpty()) {
            return Step.of(model);
        }
        if (pane.atStart()) {
            boolean whole = atEnd(pane, model.layout(), id).equals(LogRows.Spot.START);
            return whole
                    ? Step.of(model)
                    : Step.of(with(model, id, pane.withFollow(false).withTop(0)));
        }
        return around(stopped(model, id), id, 0);
    }

    static Step around(Model model, PaneId id, long offset) {
        return model.panes()
                .get(id)
                .log()
                .source()
                .map(key ->
                        Step.of(
                                model,
                                new Cmd.ReadLog(id, key, new Cmd.Where.Around(offset), CHUNK, -1)))
                .orElseGet(() -> Step.of(model));
    }

    /** Stands still where it is. */
    static Model stopped(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        Layout layout = model.layout();
        LogRows.Spot first = LogRows.spot(pane, layout.columns(id), layout.rows(id));
        return with(model, id, pane.withFollow(false).withTop(first));
    }

    static Step follow(Model model, PaneId id, boolean on) {
        if (!on) {
            return Step.of(stopped(model, id));
        }
        LogPane pane = model.panes().get(id).log();
        Model next = with(model, id, pane.withFollow(true));
        return pane.source()
                .map(key -> Step.of(next, tail(id, key, model.layout(), -1)))
                .orElseGet(() -> Step.of(next));
    }

    static Step search(Model model, PaneId id, Sought sought) {
        LogPane pane = model.panes().get(id).log();
        boolean nothing = sought.kind() != Sought.Kind.ERRORS && sought.words().isBlank();
        if (nothing || pane.source().isEmpty()) {
            return Step.of(with(model, id, pane.withSearch(Optional.empty())));
        }
        SearchState state = SearchState.of(sought);
        boolean forward = !pane.follow();
        return ask(
                model, id, state, forward, forward ? topOffset(model, id) : Long.MAX_VALUE, false);
    }

    /** Goes to the next match, or the one before. */
    static Step next(Model model, PaneId id, boolean forward) {
        Optional<SearchState> search = model.panes().get(id).log().search();
        if (search.isEmpty()) {
            return Step.of(model);
        }
        SearchState state = search.get();
        long from = topOffset(model, id);
        if (state.hit().isPresent()) {
            long hit = state.hit().getAsLong();
            from = forward ? endOf(model.panes().get(id).log(), hit).orElse(from) : hit;
        }
        return ask(model, id, state, forward, from, false);
    }

    /** Goes to the next line that tells of an error, or the one before. */
    static Step error(Model model, PaneId id, boolean forward) {
        LogPane pane = model.panes().get(id).log();
        boolean already = pane.search().map(SearchState::sought).equals(Optional.of(Sought.ERRORS));
        if (already) {
            return next(model, id, forward);
        }
        if (pane.source().isEmpty()) {
            return Step.of(model);
        }
        OptionalLong hit = pane.search().map(SearchState::hit).orElse(OptionalLong.empty());
        // From the end on there is no next one: what went wrong first explains the rest.
        long end = forward ? 0 : Long.MAX_VALUE;
        long from = pane.follow() ? end : hit.orElse(topOffset(model, id));
        return ask(model, id, SearchState.of(Sought.ERRORS), forward, from, false);
    }

    private static OptionalLong endOf(LogPane pane, long offset) {
        if (pane.lines().isEmpty()) {
            return OptionalLong.empty();
        }
        LogLine line = pane.lines().get(LogPane.indexOf(pane.lines(), offset));
        return line.offset() == offset ? OptionalLong.of(line.end()) : OptionalLong.empty();
    }

    static long topOffset(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        Layout layout = model.layout();
        return pane.lines().isEmpty()
                ? 0
                : pane.lines()
                        .get(LogRows.first(pane, layout.columns(id), layout.rows(id)))
                        .offset();
    }

    private static Step ask(
            Model model,
            PaneId id,
            SearchState state,
            boolean forward,
            long offset,
            boolean again) {
        LogKey key = model.panes().get(id).log().source().orElseThrow();
        Cmd.Search question =
                new Cmd.Search(
                        id, key, state.sought().kind(), state.sought().words(), offset, forward);
        LogPane pane =
                model.panes().get(id).log().withSearch(Optional.of(state.asking(question, again)));
        return Step.of(with(model, id, pane), question);
    }

    static Step searched(Model model, Msg.Searched answer) {
        PaneId id = answer.asked().pane();
        Optional<SearchState> search = model.panes().get(id).log().search();
        if (search.flatMap(SearchState::asked).filter(answer.asked()::equals).isEmpty()) {
            return Step.of(model);
        }
        SearchState state = search.get();
        return switch (answer.result()) {
            case LogSearch.Result.Found(long offset) -> found(model, id, state, offset);
            case LogSearch.Result.Cancelled _ -> Step.of(model);
            case LogSearch.Result.TooHard _ ->
                    Step.of(
                            Update.error(
                                    missed(model, id, state),
                                    "the expression takes too long on these lines: search given"
                                            + " up"));
            case LogSearch.Result.NotFound() when !state.wrapped() -> {
                boolean forward = answer.asked().forward();
                String where =
                        forward
                                ? "the search goes on from the top"
                                : "the search goes on from the end";
                Model told = Update.say(model, where);
                yield ask(told, id, state, forward, forward ? 0 : Long.MAX_VALUE, true);
            }
            case LogSearch.Result.NotFound() ->
                    Step.of(Update.say(missed(model, id, state), state.sought().missed()));
        };
    }

    private static Model missed(Model model, PaneId id, SearchState state) {
        return with(model, id, model.panes().get(id).log().withSearch(Optional.of(state.missed())));
    }

    /** Takes in which lines match; an answer that is late is dropped. */
    static Step counted(Model model, Msg.HitsCounted answer) {
        PaneId id = answer.pane();
        LogPane pane = model.panes().get(id).log();
        Optional<SearchState> search =
                pane.search()
                        .filter(state -> state.sought().equals(answer.sought()))
                        .filter(_ -> pane.source().equals(Optional.of(answer.key())));
        return search.map(state -> state.counted(answer.hits()))
                .map(state -> Step.of(with(model, id, pane.withSearch(Optional.of(state)))))
                .orElseGet(() -> Step.of(model));
    }

    private static Step found(Model model, PaneId id, SearchState state, long offset) {
        SearchState now = state.found(offset);
        Optional<Cmd> count =
                model.panes()
                        .get(id)
                        .log()
                        .source()
                        .filter(key -> now.uncounted() && key.parts().isEmpty())
                        .map(key -> new Cmd.CountHits(id, key, now.sought()));
        return goTo(model, id, now, offset).withMore(count);
    }

    private static Step goTo(Model model, PaneId id, SearchState state, long offset) {
        LogPane pane = model.panes().get(id).log().withSearch(Optional.of(state));
        List<LogLine> lines = pane.lines();
        int at = LogPane.indexOf(lines, offset);
        if (lines.isEmpty() || lines.get(at).offset() != offset) {
            return around(stopped(with(model, id, pane), id), id, offset);
        }
        Model next = with(model, id, LogPlace.hit(pane, model.layout(), id, at));
        return Step.of(next).withMore(before(next, id)).withMore(after(next, id));
    }

    static Model with(Model model, PaneId id, LogPane pane) {
        return model.with(m -> m.log(id, _ -> pane));
    }
}
