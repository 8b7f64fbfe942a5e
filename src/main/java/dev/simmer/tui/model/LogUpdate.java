package dev.simmer.tui.model;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Scrolling, following and searching the log. The pane holds a window of lines; when scrolling
 * comes near its edge more is asked for, and {@code top} may lie outside of the window for the
 * moment until the answer comes.
 */
final class LogUpdate {
    /** Lines that are asked for at once when scrolling. */
    static final int CHUNK = 200;

    private LogUpdate() {}

    static Cmd tail(LogKey key, Layout layout, long knownSize) {
        return new Cmd.ReadLog(key, new Cmd.Where.Tail(), layout.logRows(), knownSize);
    }

    /** The first reading of a file. */
    static List<Cmd> begin(LogKey key, Sheet sheet, Layout layout) {
        Cmd top = new Cmd.ReadLog(key, new Cmd.Where.Around(0), CHUNK, -1);
        return switch (sheet) {
            case OUTPUT, RAW -> List.of(tail(key, layout, -1));
            case DIFF, REPORT -> List.of(top);
        };
    }

    static Step poll(Model model) {
        LogPane pane = model.log();
        Layout layout = model.layout();
        if (pane.source().isEmpty() || layout.log().isEmpty()) {
            return Step.of(model);
        }
        LogKey key = pane.source().get();
        Cmd read =
                pane.follow()
                        ? tail(key, layout, pane.size())
                        : new Cmd.ReadLog(key, new Cmd.Where.SizeOnly(), 0, pane.size());
        return Step.of(model, read);
    }

    static Step read(Model model, Msg.LogRead read) {
        LogPane pane = model.log();
        if (!Optional.of(read.key()).equals(pane.source())) {
            return Step.of(model);
        }
        boolean late = read.where() instanceof Cmd.Where.Tail && !pane.follow();
        if (late && !pane.lines().isEmpty()) {
            return Step.of(model);
        }
        LogPane merged =
                pane.withDropped(read.dropped()).merged(read.where(), read.lines(), read.size());
        Layout layout = model.layout();
        if (read.where() instanceof Cmd.Where.Around(long offset)) {
            int line = LogPane.indexOf(merged.lines(), offset);
            int above = offset == 0 ? 0 : layout.logRows() / 3;
            merged = merged.withTop(Math.max(0, line - above));
        }
        Model next = with(model, merged);
        boolean lost = merged.lines().isEmpty() && merged.size() > 0 && !pane.lines().isEmpty();
        return lost ? Step.of(next, tail(read.key(), layout, -1)) : Step.of(next);
    }

    static Step unreadable(Model model, LogKey key, String why) {
        return Optional.of(key).equals(model.log().source())
                ? Step.of(with(model, model.log().withTrouble(why)))
                : Step.of(model);
    }

    static Step scroll(Model model, int by) {
        LogPane pane = model.log();
        if (pane.lines().isEmpty() || by == 0) {
            return Step.of(model);
        }
        Layout layout = model.layout();
        int rows = layout.logRows();
        int first = LogRows.first(pane, layout.logColumns(), rows);
        int last = LogRows.firstAtEnd(pane.lines(), pane.wrap(), layout.logColumns(), rows);
        return by < 0
                ? up(model, pane, (pane.follow() ? first : Math.min(first, pane.top())) + by, last)
                : down(
                        model,
                        pane,
                        (pane.follow() ? first : Math.max(first, pane.top())) + by,
                        last);
    }

    private static Step up(Model model, LogPane pane, int wanted, int last) {
        boolean whole = pane.atStart() && last == 0;
        if (whole) {
            return Step.of(model);
        }
        int top = pane.atStart() ? Math.max(0, wanted) : Math.max(-CHUNK, wanted);
        Model next = with(model, pane.withFollow(false).withTop(top));
        return Step.of(next).withMore(before(next));
    }

    private static Step down(Model model, LogPane pane, int wanted, int last) {
        if (pane.follow()) {
            return Step.of(model);
        }
        if (pane.atEnd() && wanted >= last) {
            return follow(model, true);
        }
        Model next = with(model, pane.withTop(Math.min(wanted, pane.lines().size())));
        return Step.of(next).withMore(after(next));
    }

    private static Optional<Cmd> before(Model model) {
        LogPane pane = model.log();
        if (pane.atStart() || pane.top() > model.layout().logRows()) {
            return Optional.empty();
        }
        long offset = pane.lines().getFirst().offset();
        return pane.source()
                .map(key -> new Cmd.ReadLog(key, new Cmd.Where.Before(offset), CHUNK, -1));
    }

    private static Optional<Cmd> after(Model model) {
        LogPane pane = model.log();
        int rows = model.layout().logRows();
        if (pane.atEnd() || pane.top() + 3 * rows < pane.lines().size()) {
            return Optional.empty();
        }
        long offset = pane.lines().getLast().offset();
        return pane.source()
                .map(key -> new Cmd.ReadLog(key, new Cmd.Where.From(offset), CHUNK, -1));
    }

    static Step top(Model model) {
        LogPane pane = model.log();
        if (pane.source().isEmpty() || pane.lines().isEmpty()) {
            return Step.of(model);
        }
        if (pane.atStart()) {
            int rows = model.layout().logRows();
            int columns = model.layout().logColumns();
            boolean whole = LogRows.firstAtEnd(pane.lines(), pane.wrap(), columns, rows) == 0;
            return whole ? Step.of(model) : Step.of(with(model, pane.withFollow(false).withTop(0)));
        }
        return around(stopped(model), 0);
    }

    private static Step around(Model model, long offset) {
        return model.log()
                .source()
                .map(key ->
                        Step.of(
                                model,
                                new Cmd.ReadLog(key, new Cmd.Where.Around(offset), CHUNK, -1)))
                .orElseGet(() -> Step.of(model));
    }

    /** Stands still where it is. */
    private static Model stopped(Model model) {
        LogPane pane = model.log();
        Layout layout = model.layout();
        int first = LogRows.first(pane, layout.logColumns(), layout.logRows());
        return with(model, pane.withFollow(false).withTop(first));
    }

    static Step follow(Model model, boolean on) {
        if (!on) {
            return Step.of(stopped(model));
        }
        LogPane pane = model.log();
        Model next = with(model, pane.withFollow(true));
        return pane.source()
                .map(key -> Step.of(next, tail(key, model.layout(), -1)))
                .orElseGet(() -> Step.of(next));
    }

    static Step search(Model model, String query) {
        LogPane pane = model.log();
        if (query.isBlank() || pane.source().isEmpty()) {
            return Step.of(with(model, pane.withSearch(Optional.empty())));
        }
        SearchState state = new SearchState(query, Optional.empty(), false, OptionalLong.empty());
        boolean forward = !pane.follow();
        return ask(model, state, forward, forward ? topOffset(model) : Long.MAX_VALUE, false);
    }

    /** Goes to the next match, or the one before. */
    static Step next(Model model, boolean forward) {
        Optional<SearchState> search = model.log().search();
        if (search.isEmpty()) {
            return Step.of(model);
        }
        SearchState state = search.get();
        long from = topOffset(model);
        if (state.hit().isPresent()) {
            long hit = state.hit().getAsLong();
            from = forward ? endOf(model.log(), hit).orElse(from) : hit;
        }
        return ask(model, state, forward, from, false);
    }

    private static OptionalLong endOf(LogPane pane, long offset) {
        if (pane.lines().isEmpty()) {
            return OptionalLong.empty();
        }
        LogLine line = pane.lines().get(LogPane.indexOf(pane.lines(), offset));
        return line.offset() == offset ? OptionalLong.of(line.end()) : OptionalLong.empty();
    }

    private static long topOffset(Model model) {
        LogPane pane = model.log();
        Layout layout = model.layout();
        return pane.lines().isEmpty()
                ? 0
                : pane.lines()
                        .get(LogRows.first(pane, layout.logColumns(), layout.logRows()))
                        .offset();
    }

    private static Step ask(
            Model model, SearchState state, boolean forward, long offset, boolean again) {
        LogKey key = model.log().source().orElseThrow();
        Cmd.Search question = new Cmd.Search(key, state.query(), offset, forward);
        LogPane pane = model.log().withSearch(Optional.of(state.asking(question, again)));
        return Step.of(with(model, pane), question);
    }

    static Step searched(Model model, Msg.Searched answer) {
        Optional<SearchState> search = model.log().search();
        if (search.flatMap(SearchState::asked).filter(answer.asked()::equals).isEmpty()) {
            return Step.of(model);
        }
        SearchState state = search.get();
        return switch (answer.result()) {
            case LogSearch.Result.Found(long offset) -> found(model, state, offset);
            case LogSearch.Result.Cancelled _ -> Step.of(model);
            case LogSearch.Result.NotFound() when !state.wrapped() -> {
                boolean forward = answer.asked().forward();
                String where =
                        forward
                                ? "the search goes on from the top"
                                : "the search goes on from the end";
                Model told = Update.say(model, where);
                yield ask(told, state, forward, forward ? 0 : Long.MAX_VALUE, true);
            }
            case LogSearch.Result.NotFound() ->
                    Step.of(
                            Update.say(
                                    with(
                                            model,
                                            model.log().withSearch(Optional.of(state.missed()))),
                                    "no line contains “" + state.query() + "”"));
        };
    }

    private static Step found(Model model, SearchState state, long offset) {
        LogPane pane = model.log().withSearch(Optional.of(state.found(offset)));
        List<LogLine> lines = pane.lines();
        int at = LogPane.indexOf(lines, offset);
        if (lines.isEmpty() || lines.get(at).offset() != offset) {
            return around(stopped(with(model, pane)), offset);
        }
        int rows = model.layout().logRows();
        int first = LogRows.first(pane, model.layout().logColumns(), rows);
        boolean seen = at >= first && at < first + rows;
        int top = seen ? first : Math.max(0, at - rows / 3);
        Model next = with(model, pane.withFollow(false).withTop(top));
        return Step.of(next).withMore(before(next)).withMore(after(next));
    }

    static Model with(Model model, LogPane pane) {
        return model.with(m -> m.log = pane);
    }
}
