package dev.simmer.tui.term;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.LogFile;
import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.MergedLog;
import dev.simmer.logs.Style;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TextLink;
import dev.simmer.model.ByteSize;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.LogKey;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Sought;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What is done with a log once: counting, copying, saving. For virtual threads; blocks. */
final class LogErrands {
    private static final int MOST_HITS = 1_000;
    private static final long MOST_COUNTED = 512L << 20;

    /** Chars that are copied: what any clipboard takes. */
    private static final int MOST_COPIED = 1 << 20;

    private static final int ROWS = 500;
    private static final int NAME_COLUMNS = 12;

    private LogErrands() {}

    /** What finds lines. */
    static LogSearch search(Sought sought) {
        return switch (sought.kind()) {
            case TEXT -> LogSearch.literal(sought.words());
            case REGEX -> LogSearch.regex(sought.words());
            case ERRORS -> LogSearch.errors();
        };
    }

    /** Several logs as one; each line's name is as wide, and tells its number by its colour. */
    static MergedLog merged(LogKey key) {
        int widest = 1;
        for (LogKey.Part part : key.parts()) {
            widest = Math.max(widest, Math.min(NAME_COLUMNS, CellWidth.width(part.name())));
        }
        List<MergedLog.Part> parts = new ArrayList<>();
        for (LogKey.Part part : key.parts()) {
            String clipped = CellWidth.clip(part.name(), widest);
            String name = clipped + " ".repeat(widest - CellWidth.width(clipped) + 1);
            Style style =
                    new Style(
                            new Style.Color.Indexed(parts.size()),
                            Style.Color.DEFAULT,
                            false,
                            false,
                            false,
                            false,
                            false);
            StyledLine.Run run = new StyledLine.Run(0, name.length(), style);
            parts.add(new MergedLog.Part(part.path(), new StyledLine(name, List.of(run))));
        }
        return new MergedLog(parts);
    }

    static Msg count(Cmd.CountHits command, BooleanSupplier givenUp) throws IOException {
        try (LogFile file = LogFile.open(command.key().path())) {
            SheetFile.check(command.key());
            LogSearch.Hits hits =
                    search(command.sought()).hits(file, MOST_HITS, MOST_COUNTED, givenUp);
            return new Msg.HitsCounted(command.pane(), command.key(), command.sought(), hits);
        }
    }

    /** Lines as they are shown. */
    private interface Source {
        List<LogLine> from(long offset, int rows) throws IOException;
    }

    /** Takes a line. */
    private interface Taker {
        boolean take(LogLine line) throws IOException;
    }

    private static void each(
            LogKey key, Cmd.Lines lines, Function<LogKey, MergedLog> several, Taker taker)
            throws IOException {
        SheetFile.check(key);
        if (key.parts().isEmpty()) {
            try (LogFile file = LogFile.open(key.path())) {
                each(file::from, lines, taker);
            }
        } else {
            try (MergedLog merged = several.apply(key)) {
                each(merged::from, lines, taker);
            }
        }
    }

    private static void each(Source source, Cmd.Lines lines, Taker taker) throws IOException {
        long at = lines.first();
        long last = -1;
        long before = -2;
        while (last > before && at <= lines.last()) {
            before = last;
            List<LogLine> read = source.from(at, ROWS);
            for (LogLine line : read) {
                if (line.offset() > lines.last() || (line.offset() > last && !taker.take(line))) {
                    return;
                }
                last = Math.max(last, line.offset());
            }
            if (read.size() < ROWS) {
                return;
            }
            // The last line comes once more, and is passed over.
            at = last;
        }
    }

    static Msg copy(Cmd.CopyLines command, Function<LogKey, MergedLog> several) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean[] more = {false};
        int[] count = {0};
        each(
                command.key(),
                command.lines(),
                several,
                line -> {
                    text.append(count[0]++ == 0 ? "" : "\n").append(line.line().text());
                    more[0] = text.length() > MOST_COPIED;
                    return !more[0];
                });
        return new Msg.LinesRead(more[0] ? "" : text.toString(), more[0]);
    }

    /** Saves the bytes of a log as they are, and the lines of a merged one as they are shown. */
    static Msg save(Cmd.SaveLines command, Function<LogKey, MergedLog> several) {
        String shown = command.to();
        try {
            Path to = path(shown);
            StandardOpenOption how =
                    command.over()
                            ? StandardOpenOption.TRUNCATE_EXISTING
                            : StandardOpenOption.CREATE_NEW;
            SheetFile.check(command.key());
            if (command.over() && Files.exists(to) && Files.isSameFile(to, command.key().path())) {
                return new Msg.Problem("that is the log itself");
            }
            long bytes;
            try (FileChannel file =
                    FileChannel.open(
                            to, StandardOpenOption.WRITE, StandardOpenOption.CREATE, how)) {
                bytes =
                        command.key().parts().isEmpty()
                                ? raw(command, file)
                                : lines(command, several, file);
            }
            return new Msg.Said("saved " + ByteSize.format(bytes) + " to " + shown);
        } catch (FileAlreadyExistsException _) {
            return new Msg.SaveRefused(command);
        } catch (IOException | InvalidPathException e) {
            return new Msg.Problem("it was not saved: " + why(e));
        }
    }

    private static String why(Exception e) {
        String name = e.getClass().getSimpleName();
        return switch (name) {
            case "NoSuchFileException" -> "there is no such folder: " + e.getMessage();
            case "AccessDeniedException" -> "writing is not allowed: " + e.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Path path(String to) {
        String home = System.getProperty("user.home", "");
        return Path.of(to.startsWith("~/") ? home + to.substring(1) : to);
    }

    private static long raw(Cmd.SaveLines command, FileChannel to) throws IOException {
        try (LogFile log = LogFile.open(command.key().path());
                FileChannel from =
                        FileChannel.open(command.key().path(), StandardOpenOption.READ)) {
            long size = log.size();
            long begin = Math.max(log.gone(), command.lines().first());
            long last = command.lines().last();
            List<LogLine> end = last >= size ? List.of() : log.from(last, 1);
            return transfer(from, begin, end.isEmpty() ? size : end.getFirst().end(), to);
        }
    }

    private static long transfer(FileChannel from, long begin, long end, WritableByteChannel to)
            throws IOException {
        long at = begin;
        while (at < end) {
            long moved = from.transferTo(at, end - at, to);
            if (moved <= 0) {
                break;
            }
            at += moved;
        }
        return Math.max(0, at - begin);
    }

    private static long lines(
            Cmd.SaveLines command, Function<LogKey, MergedLog> several, FileChannel to)
            throws IOException {
        OutputStream out = new java.io.BufferedOutputStream(Channels.newOutputStream(to), 1 << 16);
        each(
                command.key(),
                command.lines(),
                several,
                line -> {
                    out.write(line.line().text().getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                    return true;
                });
        out.flush();
        return to.size();
    }

    /** The file that a line names, where it is there and below a folder, else the log. */
    static Msg find(Cmd.FindFile command) {
        for (TextLink link : TextLink.in(command.line())) {
            Optional<Path> file = link.isAddress() ? Optional.empty() : file(link, command.below());
            if (file.isPresent()) {
                Cmd.Spot spot = new Cmd.Spot.Line(link.line());
                return new Msg.OpenFound(new Cmd.Open(file.get(), spot, Cmd.Program.EDITOR));
            }
        }
        if (!command.key().parts().isEmpty()) {
            return new Msg.Said("this line names no file of the workspace");
        }
        Cmd.Spot spot = new Cmd.Spot.Offset(command.offset());
        return new Msg.OpenFound(new Cmd.Open(command.key().path(), spot, Cmd.Program.EDITOR));
    }

    private static Optional<Path> file(TextLink link, Path below) {
        try {
            Path folder = below.toRealPath();
            Path file = folder.resolve(path(link.target())).toRealPath();
            return file.startsWith(folder) && Files.isRegularFile(file)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException | InvalidPathException _) {
            // It is not there.
            return Optional.empty();
        }
    }
}
