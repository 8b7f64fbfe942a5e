package dev.simmer.tui.view;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.Style;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TerminalText;
import dev.simmer.logs.TimeIndex;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.DiffStat;
import dev.simmer.tui.model.KeptWorktree;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Keymap;
import dev.simmer.tui.model.LogKey;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.PaneId;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.model.Sought;
import dev.simmer.tui.model.Step;
import dev.simmer.tui.model.Update;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dashboard without a terminal: messages go in, commands are answered at once from a made-up log.
 */
final class Screens {
    private static final List<String> THEMES =
            List.of("high-contrast-dark", "simmer-dark", "simmer-light");

    private Model model;
    private List<LogLine> log;
    private long dropped;
    private final Map<Path, List<LogLine>> files = new HashMap<>();
    private final List<Cmd> unanswered = new ArrayList<>();

    Screens(int columns, int rows, List<String> logLines) {
        model = Model.opening(Samples.place(), columns, rows, THEMES, "simmer-dark");
        log = lines(logLines);
        send(new Msg.Clock(Samples.NOW));
    }

    /** Takes keys of a user's. */
    Screens keymap(Keymap keys) {
        model = model.withKeymap(keys);
        return this;
    }

    /** Gives the log's beginning back to the disk. */
    Screens dropping(long bytes) {
        dropped = bytes;
        List<LogLine> left = new ArrayList<>();
        for (LogLine line : log) {
            long start = left.isEmpty() ? 0 : line.offset() + bytes;
            left.add(new LogLine(start, line.end() + bytes, line.line(), true));
        }
        log = left;
        return this;
    }

    /** Gives a file lines of its own; all others hold the one made-up log. */
    Screens file(Path path, List<String> texts) {
        files.put(path, lines(texts));
        return this;
    }

    private static List<LogLine> lines(List<String> texts) {
        List<LogLine> lines = new ArrayList<>();
        long offset = 0;
        for (String text : texts) {
            StyledLine line = TerminalText.line(text);
            long end = offset + text.length() + 1;
            lines.add(new LogLine(offset, end, line, true));
            offset = end;
        }
        return lines;
    }

    /** Lines as a build may print them. */
    static List<String> sampleLog(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            lines.add(
                    switch (i % 5) {
                        case 0 -> "\u001b[32mok\u001b[0m src/cart/total.ts (" + i + " ms)";
                        case 1 -> "GET /api/orders?page=" + i + " \u001b[36m200\u001b[0m";
                        case 2 -> "\u001b[33mwarning\u001b[0m unused import in token.py";
                        case 3 -> "request 日本語 \u001b[1m🙂\u001b[0m answered";
                        default -> "line " + i + " " + "lorem ipsum dolor sit amet ".repeat(8);
                    });
        }
        return lines;
    }

    Model model() {
        return model;
    }

    List<Cmd> unanswered() {
        return unanswered;
    }

    Screens tasks(List<TaskView> tasks) {
        return snapshot(Samples.snapshot(tasks));
    }

    Screens snapshot(Snapshot snapshot) {
        return send(new Msg.SnapshotChanged(snapshot));
    }

    Screens keys(Key... keys) {
        for (Key key : keys) {
            send(new Msg.KeyPressed(key));
        }
        return this;
    }

    /** Types letters; a line break is Enter. */
    Screens type(String text) {
        text.codePoints()
                .forEach(c ->
                        keys(c == '\n' ? Key.of(Name.ENTER) : Key.typed(Character.toString(c))));
        return this;
    }

    Screens send(Msg msg) {
        Deque<Msg> inbox = new ArrayDeque<>(List.of(msg));
        for (int i = 0; i < 50 && !inbox.isEmpty(); i++) {
            Step step = Update.update(model, inbox.poll());
            model = step.model();
            step.commands().forEach(command -> answer(command, inbox));
        }
        return this;
    }

    private List<LogLine> log(LogKey key) {
        return key.parts().isEmpty() ? files.getOrDefault(key.path(), log) : merged(key);
    }

    /** A line of each in turn. */
    private List<LogLine> merged(LogKey key) {
        List<LogLine> lines = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < 400; i++) {
            int part = i % key.parts().size();
            LogKey.Part of = key.parts().get(part);
            List<LogLine> from = files.getOrDefault(of.path(), log);
            int at = i / key.parts().size();
            if (at < from.size()) {
                Style.Color colour = new Style.Color.Indexed(part);
                Style style =
                        new Style(colour, Style.Color.DEFAULT, false, false, false, false, false);
                String text = of.name() + " " + from.get(at).line().text();
                List<StyledLine.Run> runs =
                        List.of(new StyledLine.Run(0, of.name().length() + 1, style));
                long end = offset + text.length() + 1;
                lines.add(new LogLine(offset, end, new StyledLine(text, runs), true));
                offset = end;
            }
        }
        return lines;
    }

    /** Has been written a second for every third line. */
    private static TimeIndex times(List<LogLine> lines) {
        ByteBuffer entries = ByteBuffer.allocate(16 * (lines.size() / 3 + 1));
        for (int i = 2; i < lines.size(); i += 3) {
            entries.putLong(Samples.NOW.toEpochMilli() - 1000L * ((lines.size() - i) / 3));
            entries.putLong(lines.get(i).end());
        }
        return TimeIndex.of(entries.flip());
    }

    private Msg measured(LogKey key, Optional<LogKey> report) {
        DiffStat.Counter counter = new DiffStat.Counter();
        log(key).forEach(line -> counter.add(line.line().text()));
        StringBuilder text = new StringBuilder();
        report.map(this::log)
                .ifPresent(lines ->
                        lines.forEach(line -> text.append(line.line().text()).append('\n')));
        return new Msg.DiffMeasured(key, counter.stat(), KeptWorktree.inReport(text.toString()));
    }

    private static long size(List<LogLine> log) {
        return log.isEmpty() ? 0 : log.getLast().end();
    }

    private void answer(Cmd command, Deque<Msg> inbox) {
        switch (command) {
            case Cmd.ReadLog(PaneId pane, LogKey key, Cmd.Where where, int rows, long known) -> {
                List<LogLine> lines = log(key);
                long size = size(lines);
                if (known != size) {
                    List<LogLine> read = read(lines, where, rows);
                    inbox.add(new Msg.LogRead(pane, key, where, read, size, dropped, times(lines)));
                }
            }
            case Cmd.ReadLastLines(List<Cmd.Wanted> wanted) -> {
                inbox.add(
                        new Msg.LastLinesRead(
                                wanted.stream()
                                        .map(w -> new Msg.Seen(w.key(), w.ended(), last(w.key())))
                                        .toList()));
            }
            case Cmd.MeasureDiff(LogKey key, Optional<LogKey> report) ->
                    inbox.add(measured(key, report));
            case Cmd.Search search -> inbox.add(new Msg.Searched(search, search(search)));
            case Cmd.CountHits(PaneId pane, LogKey key, Sought sought) ->
                    inbox.add(new Msg.HitsCounted(pane, key, sought, hits(key, sought)));
            case Cmd.ReadThemes() -> inbox.add(new Msg.ThemesRead(THEMES, List.of()));
            case Cmd.LookUp _,
                    Cmd.Edit _,
                    Cmd.Submit _,
                    Cmd.Wake _,
                    Cmd.CloseLog _,
                    Cmd.CopyLines _,
                    Cmd.SaveLines _,
                    Cmd.FindFile _,
                    Cmd.Mouse _,
                    Cmd.Redraw _,
                    Cmd.Quit _,
                    Cmd.KeepTheme _,
                    Cmd.Copy _,
                    Cmd.Open _,
                    Cmd.Suspend _,
                    Cmd.Tell _ ->
                    unanswered.add(command);
        }
    }

    private StyledLine last(LogKey key) {
        List<LogLine> lines = log(key);
        return lines.isEmpty() ? StyledLine.EMPTY : lines.getLast().line();
    }

    private static List<LogLine> read(List<LogLine> log, Cmd.Where where, int rows) {
        return switch (where) {
            case Cmd.Where.Tail() -> log.subList(Math.max(0, log.size() - rows), log.size());
            case Cmd.Where.Before(long offset) -> {
                int at = index(log, offset);
                yield log.subList(Math.max(0, at - rows), at);
            }
            case Cmd.Where.From(long offset) -> {
                int at = index(log, offset);
                yield log.subList(at, Math.min(log.size(), at + rows));
            }
            case Cmd.Where.Around(long offset) -> {
                int at = index(log, offset);
                yield log.subList(Math.max(0, at - rows / 2), Math.min(log.size(), at + rows / 2));
            }
            case Cmd.Where.SizeOnly() -> List.of();
        };
    }

    private static int index(List<LogLine> log, long offset) {
        int at = 0;
        while (at < log.size() && log.get(at).offset() < offset) {
            at++;
        }
        return at;
    }

    private static boolean matches(Sought sought, LogLine line) {
        String text = line.line().text();
        return switch (sought.kind()) {
            case TEXT -> !LogSearch.literal(sought.words()).matches(text).isEmpty();
            case REGEX -> !LogSearch.regex(sought.words()).matches(text).isEmpty();
            case ERRORS -> line.error();
        };
    }

    private LogSearch.Hits hits(LogKey key, Sought sought) {
        List<Long> offsets =
                log(key).stream()
                        .filter(line -> matches(sought, line))
                        .map(LogLine::offset)
                        .toList();
        return new LogSearch.Hits(offsets, false);
    }

    private LogSearch.Result search(Cmd.Search command) {
        Sought sought = new Sought(command.kind(), command.query());
        List<LogLine> log = log(command.key());
        List<LogLine> lines = command.forward() ? log : log.reversed();
        for (LogLine line : lines) {
            boolean there =
                    command.forward()
                            ? line.offset() >= command.offset()
                            : line.offset() < command.offset();
            if (there && matches(sought, line)) {
                return new LogSearch.Result.Found(line.offset());
            }
        }
        return new LogSearch.Result.NotFound();
    }
}
