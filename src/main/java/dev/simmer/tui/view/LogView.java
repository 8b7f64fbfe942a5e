package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.LineStamp;
import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.Style;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TerminalText;
import dev.simmer.logs.TextLink;
import dev.simmer.model.ByteSize;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentDetail;
import dev.simmer.tui.model.LogKey;
import dev.simmer.tui.model.LogPane;
import dev.simmer.tui.model.LogRows;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Pane;
import dev.simmer.tui.model.PaneBox;
import dev.simmer.tui.model.Progress;
import dev.simmer.tui.model.Reading;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.SearchState;
import dev.simmer.tui.model.Sheet;
import dev.simmer.tui.model.Sought;
import dev.simmer.tui.model.WordRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The log panes. */
final class LogView {
    /** Columns from which the title has room for how far a task has come. */
    private static final int PROGRESS_FROM = 50;

    private final Frame frame;
    private final Model model;
    private final Theme theme;
    private final PaneBox place;
    private final Pane pane;
    private final LogPane log;

    private LogView(Frame frame, PaneBox place, Model model, Theme theme) {
        this.frame = frame;
        this.model = model;
        this.theme = theme;
        this.place = place;
        this.pane = model.panes().get(place.id());
        this.log = pane.log();
    }

    /** Draws one pane. */
    static void draw(Frame frame, PaneBox place, Model model, Theme theme) {
        new LogView(frame, place, model, theme).draw();
    }

    private void draw() {
        Rect box = place.box();
        boolean focused = model.focused(place.id());
        long line = theme.paint(focused ? Role.BORDER_FOCUS : Role.BORDER);
        frame.border(box, line);
        Optional<TaskView> task = model.task(pane);
        if (task.isEmpty()) {
            return;
        }
        title(task.get(), focused);
        int x = box.x() + 2;
        int y = box.y() + 1;
        int columns = place.columns();
        if (place.detail() > 0) {
            y += detail(x, y, columns, task.get());
        }
        if (place.rule() > 0) {
            frame.rule(box, y, line);
            y += place.rule();
        }
        if (log.lines().isEmpty()) {
            Role role = log.trouble().isPresent() ? Role.FAILED : Role.DIM;
            String nothing =
                    pane.sheet().fromTop()
                            ? pane.sheet().words() + " is empty, or gone"
                            : silence(task.get());
            String text = log.trouble().map(TerminalText::plain).orElse(nothing);
            frame.putClipped(x, y, columns, text, theme.paint(role));
            return;
        }
        LogRows.Spot spot = LogRows.spot(log, columns, place.rows());
        int end = y + place.rows();
        boolean stamps = log.reading().stamps() && columns > 3 * Reading.STAMP_COLUMNS;
        if (spot.line() + spot.row() == 0 && saysDropped(log, columns, place.rows())) {
            frame.putClipped(x, y++, columns, dropped(log, task.get()), theme.paint(Role.WAITING));
        }
        Optional<LogSearch> search = log.search().flatMap(s -> shown(s.sought()));
        int left = stamps ? Reading.STAMP_COLUMNS : 0;
        int top = y;
        y -= spot.row();
        for (int i = spot.line(); i < log.lines().size() && y < end; i++) {
            LogLine each = log.lines().get(i);
            Text text = new Text(frame, theme, x + left, top, columns - left, cuts(each, search));
            if (stamps && y >= top) {
                stamp(each, x, y);
            }
            int start = Math.max(top, y);
            if (marked(each)) {
                int taken = LogRows.rows(each, log.wrap(), columns - left);
                int rows = Math.min(end, y + taken) - start;
                Rect ground = new Rect(x + left, start, columns - left, rows);
                frame.fill(ground, " ", theme.paint(Role.MARKED_LINE));
            }
            y =
                    log.wrap()
                            ? text.wrapped(each.line().text(), y, end)
                            : text.cut(each.line().text(), y, log.left());
            margin(each, x - 1, start, y);
        }
        double from = share(log, LogRows.offset(log, columns, spot));
        double to = share(log, LogRows.end(log, columns, place.rows()));
        frame.scrollbar(box, from, to, line);
    }

    /** A sign before each row of a line that is marked, or that tells of an error. */
    private void margin(LogLine line, int x, int from, int to) {
        boolean marked = marked(line);
        boolean error = line.error() && !pane.sheet().fromTop();
        for (int y = from; y < to && (marked || error); y++) {
            long paint = theme.paint(marked ? Role.MARKED_LINE : Role.ERROR_LINE);
            frame.set(x, y, marked ? "┃" : "▎", 1, paint);
        }
    }

    private boolean marked(LogLine line) {
        return log.reading().marks().filter(m -> m.holds(line.offset())).isPresent();
    }

    /** What finds a search's matches in a line; nothing where whole lines are meant. */
    private static Optional<LogSearch> shown(Sought sought) {
        return switch (sought.kind()) {
            case TEXT -> Optional.of(LogSearch.literal(sought.words()));
            case REGEX -> Optional.of(LogSearch.regex(sought.words()));
            case ERRORS -> Optional.empty();
        };
    }

    /** Draws when a line was written, where that is known: by the clock, else by its own words. */
    private void stamp(LogLine line, int x, int y) {
        ZoneId zone = model.place().zone();
        OptionalLong millis = log.reading().times().at(line.offset());
        if (millis.isEmpty()) {
            millis = LineStamp.of(line.line().text(), model.now(), zone);
        }
        if (millis.isPresent()) {
            LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(millis.getAsLong()), zone);
            String text =
                    time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_TIME);
            frame.put(x, y, Reading.STAMP_COLUMNS, text, theme.paint(Role.STAMP));
        }
    }

    /** How far an offset lies in what is left of the log, from 0 to 1. */
    private static double share(LogPane pane, long offset) {
        double left = Math.max(1, pane.size() - pane.dropped());
        return Math.clamp((offset - pane.dropped()) / left, 0, 1);
    }

    /** Whether there is a row to say that the log's beginning is gone; its end goes before. */
    private static boolean saysDropped(LogPane pane, int columns, int rows) {
        if (pane.dropped() == 0 || !pane.atStart()) {
            return false;
        }
        int needed = 0;
        for (LogLine line : pane.lines()) {
            needed += LogRows.rows(line, pane.wrap(), pane.textColumns(columns));
        }
        return !pane.follow() || needed < rows;
    }

    private static String dropped(LogPane pane, TaskView task) {
        return "… "
                + ByteSize.format(pane.dropped())
                + " of older output were given back to the disk (log_limit "
                + ByteSize.compact(task.spec().logLimit().bytes())
                + ")";
    }

    private static String silence(TaskView task) {
        if (task.attempts().isEmpty()) {
            return "has not run yet";
        }
        return task.phase().active() ? "no output yet" : "no output";
    }

    private void title(TaskView task, boolean focused) {
        Rect box = place.box();
        int right = state(task);
        int room = Math.max(0, right - box.x() - 3);
        String mark = (focused ? "▸ " : "") + (pane.pinned() ? place.id().mark() + " " : "");
        boolean merged = pane.sheet() == Sheet.MERGED;
        String name = mark + (merged ? names() : TerminalText.plain(task.name()));
        String number = task.attempt() > 1 && !merged ? "#" + task.attempt() + " " : "";
        String attempt = number + AgentCells.sheet(model, pane.sheet(), task);
        long paint = theme.paint(focused ? Role.TITLE : Role.TEXT);
        int nameRoom = Math.max(0, room - 2 - attempt.length());
        int at = frame.put(box.x() + 2, box.y(), Math.min(1, room), " ", paint);
        at = frame.putClipped(at, box.y(), nameRoom, name, paint);
        at = frame.put(at, box.y(), Math.max(0, right - at), " ", paint);
        frame.put(at, box.y(), Math.max(0, right - at), attempt, theme.paint(Role.DIM));
    }

    /** Draws how far the task has come, where that is told; returns where it begins. */
    private int progress(TaskView task, int end) {
        Rect box = place.box();
        boolean output = pane.sheet() == Sheet.OUTPUT && box.width() >= PROGRESS_FROM;
        Optional<Progress> told = output ? model.progress(task) : Optional.empty();
        if (told.isEmpty()) {
            return end;
        }
        int columns = ProgressBar.columns(box.width() / 4);
        int at = end - columns - 2;
        frame.set(at, box.y(), " ", 1, theme.paint(Role.TEXT));
        int after =
                ProgressBar.draw(
                        frame,
                        at + 1,
                        box.y(),
                        columns,
                        told.get(),
                        theme.paint(Role.PROGRESS),
                        theme.paint(Role.PROGRESS_LEFT),
                        theme.paint(Role.TEXT));
        frame.set(after, box.y(), " ", 1, theme.paint(Role.TEXT));
        return at;
    }

    /** Whose logs are shown as one. */
    private String names() {
        List<LogKey.Part> parts = log.source().map(LogKey::parts).orElse(List.of());
        return "merged: " + String.join(", ", parts.stream().map(LogKey.Part::name).toList());
    }

    /** Draws what the pane does against the right edge; returns the column where that begins. */
    private int state(TaskView task) {
        Rect box = place.box();
        String position = "";
        if (log.follow()) {
            boolean grows = pane.sheet() == Sheet.MERGED || task.phase().active();
            position = grows ? " following " : "";
        } else if (!log.lines().isEmpty()) {
            long end = LogRows.end(log, place.columns(), place.rows());
            long percent = Math.round(100 * share(log, end));
            position = " " + Math.min(100, percent) + "% ";
        }
        String marked =
                log.reading().marks().isEmpty() ? "" : " marking: y copies, S saves, Esc ends ";
        int hidden = model.layout().hidden(model);
        boolean last = model.layout().logs().getLast().equals(place);
        String pins = hidden == 1 ? " 1 pin hidden " : " " + hidden + " pins hidden ";
        String flags =
                (hidden > 0 && last ? pins : "")
                        + (log.dropped() > 0 ? " older output gone " : "")
                        + (log.wrap() ? " wrap " : "")
                        + (log.left() > 0 ? " → " + log.left() + " " : "");
        int at = box.x() + box.width() - 2;
        long paint = theme.paint(log.follow() ? Role.READY : Role.DIM);
        at = putBefore(frame, at, box, position, paint);
        at = progress(task, at);
        at = putBefore(frame, at, box, marked, theme.paint(Role.MARKED_LINE));
        at = putBefore(frame, at, box, flags, theme.paint(Role.DIM));
        if (log.search().isPresent()) {
            SearchState search = log.search().get();
            String query =
                    switch (search.sought().kind()) {
                        case TEXT -> "/" + TerminalText.plain(search.sought().words());
                        case REGEX -> "regex " + TerminalText.plain(search.sought().words());
                        case ERRORS -> "errors";
                    };
            String clipped = CellWidth.clip(query, Math.max(4, box.width() / 4));
            String busy = search.asked().isPresent() ? "…" : "";
            String count = search.count().isEmpty() ? "" : " " + search.count();
            String words = " " + clipped + busy + count + " ";
            at = putBefore(frame, at, box, words, theme.paint(Role.PROMPT));
        }
        return at;
    }

    private static int putBefore(Frame frame, int right, Rect box, String text, long paint) {
        int width = CellWidth.width(text);
        if (text.isEmpty() || right - width < box.x() + 12) {
            return right;
        }
        frame.put(right - width, box.y(), width, text, paint);
        return right - width - 1;
    }

    /** Draws how the task stands; returns the rows that it takes. */
    private int detail(int x, int y, int columns, TaskView task) {
        long paint = theme.paint(AgentCells.role(task));
        if (task.agent().isPresent()) {
            int row = y;
            for (AgentDetail.Row each : model.layout().agent(model, place)) {
                boolean state = each.sort() == AgentDetail.Sort.STATE;
                if (state && row == y) {
                    frame.put(x, y, 1, AgentCells.symbol(task), paint);
                }
                long own = state ? paint : theme.paint(AgentCells.role(each.sort()));
                frame.putClipped(x + 2, row++, columns - 2, each.text(), own);
            }
            return place.detail();
        }
        String text = TerminalText.plain(task.reason());
        frame.put(x, y, 1, Symbols.of(task.phase()), paint);
        for (String piece : WordRows.of(text, columns - 2, place.detail())) {
            frame.putClipped(x + 2, y++, columns - 2, piece, paint);
        }
        return place.detail();
    }

    /** A piece of a line that looks different from plain text. */
    private record Cut(int start, int end, long paint) {}

    /** Colours of the line, and over them what a search has found; later ones win. */
    private List<Cut> cuts(LogLine line, Optional<LogSearch> search) {
        List<Cut> cuts = new ArrayList<>();
        boolean diff = pane.sheet() == Sheet.DIFF;
        if (diff) {
            String text = line.line().text();
            cuts.add(new Cut(0, text.length(), theme.paint(AgentCells.diffRole(text))));
        }
        if (line.error() && !pane.sheet().fromTop()) {
            int end = line.line().text().length();
            cuts.add(new Cut(0, end, theme.paint(Role.ERROR_LINE)));
        }
        boolean merged = pane.sheet() == Sheet.MERGED;
        for (StyledLine.Run run : diff ? List.<StyledLine.Run>of() : line.line().runs()) {
            Style style = run.style();
            long paint = merged && run.start() == 0 ? source(style) : theme.paint(style, Role.TEXT);
            cuts.add(new Cut(run.start(), run.end(), paint));
        }
        for (TextLink link : TextLink.in(line.line().text())) {
            cuts.add(new Cut(link.start(), link.end(), theme.paint(Role.LINK)));
        }
        long current = log.search().map(s -> s.hit().orElse(-1)).orElse(-1L);
        boolean error =
                log.search().filter(s -> s.sought().kind() == Sought.Kind.ERRORS).isPresent();
        boolean marked = marked(line);
        if (marked || (error && current == line.offset())) {
            Role role = marked ? Role.MARKED_LINE : Role.MATCH_CURRENT;
            cuts.add(new Cut(0, line.line().text().length(), theme.paint(role)));
        }
        if (search.isPresent()) {
            Role role = current == line.offset() ? Role.MATCH_CURRENT : Role.MATCH;
            for (LogSearch.Match match : search.get().matches(line.line().text())) {
                cuts.add(new Cut(match.start(), match.end(), theme.paint(role)));
            }
        }
        return cuts;
    }

    /** The colour of a merged log's name, whose number is noted as a colour of the palette. */
    private long source(Style style) {
        return theme.paint(
                style.foreground() instanceof Style.Color.Indexed(int index)
                        ? Role.source(index)
                        : Role.TEXT);
    }

    /** Draws the text of lines; nothing above a top row. */
    private record Text(Frame frame, Theme theme, int x, int top, int columns, List<Cut> cuts) {
        private long paint(int index) {
            for (int i = cuts.size() - 1; i >= 0; i--) {
                Cut cut = cuts.get(i);
                if (index >= cut.start() && index < cut.end()) {
                    return cut.paint();
                }
            }
            return theme.paint(Role.TEXT);
        }

        int cut(String text, int y, int left) {
            CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
            int column = -left;
            while (column < columns && graphemes.next()) {
                int width = graphemes.width();
                if (width > 0 && column >= 0 && column + width <= columns) {
                    String glyph = Frame.glyph(text, graphemes);
                    frame.set(x + column, y, glyph, width, paint(graphemes.start()));
                }
                column += width;
            }
            if (column >= columns && graphemes.next()) {
                frame.set(x + columns, y, "›", 1, theme.paint(Role.DIM));
            }
            if (left > 0 && !text.isEmpty()) {
                frame.set(x - 1, y, "‹", 1, theme.paint(Role.DIM));
            }
            return y + 1;
        }

        int wrapped(String text, int start, int end) {
            CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
            int y = start;
            int column = 0;
            while (graphemes.next()) {
                int width = graphemes.width();
                if (column + width > columns) {
                    column = 0;
                    y++;
                }
                if (y >= end) {
                    return y;
                }
                if (width > 0 && y >= top) {
                    String glyph = Frame.glyph(text, graphemes);
                    frame.set(x + column, y, glyph, width, paint(graphemes.start()));
                }
                column += width;
            }
            return y + 1;
        }
    }
}
