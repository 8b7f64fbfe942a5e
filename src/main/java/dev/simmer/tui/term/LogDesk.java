package dev.simmer.tui.term;

import dev.simmer.logs.LastLine;
import dev.simmer.logs.LogFile;
import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.MergedLog;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TimeFile;
import dev.simmer.logs.TimeIndex;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.DiffStat;
import dev.simmer.tui.model.KeptWorktree;
import dev.simmer.tui.model.LogKey;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.PaneId;
import dev.simmer.tui.model.Sought;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and searches logs on virtual threads; answers go to the loop. At most one reading and one
 * search for each pane and one reading of last lines are under way, so that no pane waits for
 * another; of readings that wait only the newest of each sort is kept. Safe for all threads.
 */
final class LogDesk implements AutoCloseable {
    private static final int LAST_LINES_KEPT = 512;

    /** More than any diff that is kept. */
    private static final int MOST_DIFF_BYTES = 16 << 20;

    private static final int MOST_FRONT_MATTER_BYTES = 256 << 10;

    private final Consumer<Msg> answers;
    private final Consumer<Throwable> crash;
    private final Object lock = new Object();
    private final Map<PaneId, PaneReader> panes = new EnumMap<>(PaneId.class);
    private boolean readingLastLines;
    private final LastLines lastLines = new LastLines();

    LogDesk(Consumer<Msg> answers, Consumer<Throwable> crash) {
        this.answers = answers;
        this.crash = crash;
        for (PaneId id : PaneId.values()) {
            panes.put(id, new PaneReader());
        }
    }

    private PaneReader pane(PaneId id) {
        return Objects.requireNonNull(panes.get(id));
    }

    /** What is read for one pane. */
    private final class PaneReader {
        private final LinkedHashMap<Class<?>, Cmd> waiting = new LinkedHashMap<>();
        private final AtomicLong searches = new AtomicLong();
        private boolean reading;

        /** The log that was read last; only the thread that reads changes it. */
        private volatile @Nullable LogKey openKey;

        private @Nullable LogFile open;

        private volatile @Nullable MergedLog merged;

        private @Nullable TimeFile times;

        /** The times that were told last. */
        private TimeIndex told = TimeIndex.NOTHING;

        /** Puts a command behind those that wait; {@code kind}: of which only the newest waits. */
        void add(Class<?> kind, Cmd command) {
            synchronized (lock) {
                waiting.put(kind, command);
                if (reading) {
                    return;
                }
                reading = true;
            }
            start("log-reader", this::readAll);
        }

        /** Closes its file once what is being read has been; nothing else waits any more. */
        void close(Cmd.CloseLog command) {
            searches.incrementAndGet();
            synchronized (lock) {
                waiting.clear();
            }
            add(Cmd.CloseLog.class, command);
        }

        private void readAll() {
            while (true) {
                Cmd next;
                synchronized (lock) {
                    Map.@Nullable Entry<Class<?>, Cmd> entry = waiting.pollFirstEntry();
                    if (entry == null) {
                        reading = false;
                        return;
                    }
                    next = entry.getValue();
                }
                if (next instanceof Cmd.ReadLog command) {
                    readOne(command);
                } else {
                    closeOpen();
                }
            }
        }

        @SuppressWarnings("ReferenceEquality") // times that have not changed are the same
        private void readOne(Cmd.ReadLog command) {
            LogKey key = command.key();
            try {
                SheetFile.check(key);
                open(key);
                MergedLog several = merged;
                if (several != null) {
                    readMerged(command, several);
                    return;
                }
                LogFile file = Objects.requireNonNull(open);
                long size = file.size();
                TimeIndex index = Objects.requireNonNull(times).look();
                if (size == command.knownSize() && index == told) {
                    return;
                }
                told = index;
                List<LogLine> lines = lines(file, command);
                SheetFile.check(key);
                long end = lines.isEmpty() ? size : Math.max(size, lines.getLast().end());
                Cmd.Where where = command.where();
                answers.accept(
                        new Msg.LogRead(
                                command.pane(), key, where, lines, end, file.gone(), index));
            } catch (IOException e) {
                answers.accept(new Msg.LogUnreadable(key, unreadable(key, e)));
            }
        }

        private void readMerged(Cmd.ReadLog command, MergedLog several) throws IOException {
            long generation = several.generation();
            long size = several.size();
            if (size == command.knownSize() && generation == several.generation()) {
                return;
            }
            List<LogLine> lines = lines(several, command);
            answers.accept(
                    new Msg.LogRead(
                            command.pane(),
                            command.key(),
                            command.where(),
                            lines,
                            several.size(),
                            0,
                            several.times()));
        }

        private void open(LogKey key) {
            if (key.equals(openKey)) {
                return;
            }
            closeOpen();
            openKey = key;
            told = TimeIndex.NOTHING;
            if (key.parts().isEmpty()) {
                open = LogFile.open(key.path());
                times = new TimeFile(key.path());
            } else {
                merged = LogErrands.merged(key);
            }
        }

        private void closeOpen() {
            LogFile file = open;
            MergedLog several = merged;
            open = null;
            merged = null;
            openKey = null;
            try {
                if (file != null) {
                    file.close();
                }
                if (several != null) {
                    several.close();
                }
            } catch (IOException _) {
                // It was only read.
            }
        }
    }

    /** Last lines by log, the most recently used ones. */
    private static final class LastLines extends LinkedHashMap<LogKey, LastLines.Known> {
        private record Known(
                LastLine reader, StyledLine told, boolean ended, OptionalInt progress) {}

        LastLines() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<LogKey, Known> eldest) {
            return size() > LAST_LINES_KEPT;
        }
    }

    private void start(String name, Runnable work) {
        Thread.ofVirtual()
                .name(name)
                .start(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        crash.accept(e);
                    }
                });
    }

    void read(Cmd.ReadLog command) {
        pane(command.pane()).add(command.where().getClass(), command);
    }

    /** Forgets what is read for a pane. */
    void close(Cmd.CloseLog command) {
        pane(command.pane()).close(command);
    }

    private static String unreadable(LogKey key, IOException e) {
        return key.sheet().words() + " cannot be read: " + e.getMessage();
    }

    private static List<LogLine> lines(LogFile file, Cmd.ReadLog command) throws IOException {
        int rows = command.rows();
        return switch (command.where()) {
            case Cmd.Where.Tail() -> file.tail(rows);
            case Cmd.Where.Before(long offset) -> file.before(offset, rows);
            case Cmd.Where.From(long offset) -> file.from(offset, rows);
            case Cmd.Where.Around(long offset) -> {
                long start = file.lineStart(offset);
                List<LogLine> lines = new ArrayList<>(file.before(start, rows / 2));
                lines.addAll(file.from(start, rows / 2));
                yield lines;
            }
            case Cmd.Where.SizeOnly() -> List.of();
        };
    }

    private static List<LogLine> lines(MergedLog logs, Cmd.ReadLog command) throws IOException {
        int rows = command.rows();
        return switch (command.where()) {
            case Cmd.Where.Tail() -> logs.tail(rows);
            case Cmd.Where.Before(long place) -> logs.before(place, rows);
            case Cmd.Where.From(long place) -> logs.from(place, rows);
            case Cmd.Where.Around(long place) -> {
                List<LogLine> lines = new ArrayList<>(logs.before(place, rows / 2));
                lines.addAll(logs.from(place, rows / 2));
                yield lines;
            }
            case Cmd.Where.SizeOnly() -> List.of();
        };
    }

    /** Counts what a diff changes, as far as it is read at most. */
    void measure(Cmd.MeasureDiff command) {
        start("diff-stat", () -> count(command.key(), command.report()));
    }

    private void count(LogKey key, Optional<LogKey> report) {
        DiffStat.Counter counter = new DiffStat.Counter();
        try {
            byte[] bytes = SheetFile.beginning(key, MOST_DIFF_BYTES);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (int at = 0; at < text.length(); ) {
                int end = text.indexOf('\n', at);
                counter.add(text.substring(at, end < 0 ? text.length() : end));
                at = end < 0 ? text.length() : end + 1;
            }
            answers.accept(new Msg.DiffMeasured(key, counter.stat(), kept(report)));
        } catch (IOException e) {
            answers.accept(new Msg.LogUnreadable(key, unreadable(key, e)));
        }
    }

    private static Optional<KeptWorktree> kept(Optional<LogKey> report) {
        if (report.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = SheetFile.beginning(report.get(), MOST_FRONT_MATTER_BYTES);
            return KeptWorktree.inReport(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It is told where the report itself is looked at.
            return Optional.empty();
        }
    }

    /** Reads last lines, unless that is under way: the question will come again. */
    void readLastLines(Cmd.ReadLastLines command) {
        synchronized (lock) {
            if (readingLastLines) {
                return;
            }
            readingLastLines = true;
        }
        start("last-lines", () -> lastLines(command.logs()));
    }

    private void lastLines(List<Cmd.Wanted> logs) {
        List<Msg.Seen> news = new ArrayList<>();
        for (Cmd.Wanted wanted : logs) {
            LastLines.@Nullable Known known = lastLines.get(wanted.key());
            LastLine reader = known == null ? new LastLine(wanted.key().path()) : known.reader();
            StyledLine line;
            try {
                line = reader.read();
            } catch (IOException e) {
                line = StyledLine.EMPTY;
            }
            boolean isNew =
                    known == null
                            || wanted.ended() != known.ended()
                            || !line.equals(known.told())
                            || !reader.progress().equals(known.progress());
            if (isNew) {
                news.add(new Msg.Seen(wanted.key(), wanted.ended(), line, reader.progress()));
            }
            lastLines.put(
                    wanted.key(),
                    new LastLines.Known(reader, line, wanted.ended(), reader.progress()));
        }
        synchronized (lock) {
            readingLastLines = false;
        }
        if (!news.isEmpty()) {
            answers.accept(new Msg.LastLinesRead(news));
        }
    }

    /** Starts a search; one that is under way for the same pane is given up. */
    void search(Cmd.Search command) {
        AtomicLong searches = pane(command.pane()).searches;
        long mine = searches.incrementAndGet();
        start("log-search", () -> search(command, () -> searches.get() != mine));
    }

    private void search(Cmd.Search command, BooleanSupplier givenUp) {
        LogKey key = command.key();
        Sought sought = new Sought(command.kind(), command.query());
        try {
            SheetFile.check(key);
            LogSearch search = LogErrands.search(sought);
            LogSearch.Result result =
                    key.parts().isEmpty()
                            ? inFile(search, command, givenUp)
                            : inMerged(search, command, givenUp);
            if (!givenUp.getAsBoolean()) {
                answers.accept(new Msg.Searched(command, result));
            }
        } catch (IOException e) {
            answers.accept(new Msg.Problem("the search broke off: " + e.getMessage()));
        }
    }

    private static LogSearch.Result inFile(
            LogSearch search, Cmd.Search command, BooleanSupplier givenUp) throws IOException {
        try (LogFile file = LogFile.open(command.key().path())) {
            long offset = Math.min(command.offset(), file.size());
            return command.forward()
                    ? search.forward(file, offset, givenUp)
                    : search.backward(file, offset, givenUp);
        }
    }

    /** Several logs as one, with the places that a pane knows. */
    private MergedLog merged(LogKey key) {
        for (PaneReader pane : panes.values()) {
            MergedLog several = pane.merged;
            if (several != null && key.equals(pane.openKey)) {
                return several.twin();
            }
        }
        return LogErrands.merged(key);
    }

    private LogSearch.Result inMerged(LogSearch search, Cmd.Search command, BooleanSupplier givenUp)
            throws IOException {
        try (MergedLog logs = merged(command.key())) {
            return logs.search(search, command.offset(), command.forward(), givenUp);
        }
    }

    /** Counts lines that match; a search for the same pane breaks it off. */
    void count(Cmd.CountHits command) {
        AtomicLong searches = pane(command.pane()).searches;
        long now = searches.get();
        errand(() -> LogErrands.count(command, () -> searches.get() != now));
    }

    void copy(Cmd.CopyLines command) {
        errand(() -> LogErrands.copy(command, this::merged));
    }

    void save(Cmd.SaveLines command) {
        errand(() -> LogErrands.save(command, this::merged));
    }

    void find(Cmd.FindFile command) {
        errand(() -> LogErrands.find(command));
    }

    /** Something that is done once and has one answer. */
    private interface Errand {
        Msg run() throws IOException;
    }

    private void errand(Errand errand) {
        start(
                "log-errand",
                () -> {
                    Msg answer;
                    try {
                        answer = errand.run();
                    } catch (IOException e) {
                        answer = new Msg.Problem("the log cannot be read: " + e.getMessage());
                    }
                    answers.accept(answer);
                });
    }

    @Override
    public void close() {
        panes.forEach((id, pane) -> pane.close(new Cmd.CloseLog(id)));
    }
}
