package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.LogLine;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.TimeFile;
import dev.simmer.model.TaskId;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.LogKey;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.PaneId;
import dev.simmer.tui.model.Sheet;
import dev.simmer.tui.model.Sought;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogErrandsTest {
    private static final String LOG = "one\n\u001b[31mtwö\u001b[0m\nthree\nfour\n";

    @TempDir private Path folder;

    private final BlockingQueue<Msg> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> crashes = new LinkedBlockingQueue<>();
    private final LogDesk desk = new LogDesk(answers::add, crashes::add);
    private LogKey key = new LogKey(new TaskId(1), 1, Sheet.OUTPUT, Path.of("none"));

    @BeforeEach
    void writeLog() throws IOException {
        Path log = Files.writeString(folder.resolve("output.log"), LOG);
        key = new LogKey(new TaskId(1), 1, Sheet.OUTPUT, log);
    }

    @AfterEach
    void nothingBroke() {
        desk.close();
        assertThat(crashes).isEmpty();
    }

    private Msg answer() throws InterruptedException {
        return Objects.requireNonNull(answers.poll(20, TimeUnit.SECONDS), "no answer");
    }

    /** Start of a line. */
    private static long start(String before) {
        return before.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    private static final long TWO = start("one\n");
    private static final long THREE = start("one\n\u001b[31mtwö\u001b[0m\n");

    private LogKey merged() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other")).resolve("output.log");
        Files.writeString(other, "five\n");
        Files.setLastModifiedTime(
                other, java.nio.file.attribute.FileTime.fromMillis(4_000_000_000_000L));
        return new LogKey(
                new TaskId(1),
                0,
                Sheet.MERGED,
                Path.of("merged"),
                List.of(new LogKey.Part("a", key.path()), new LogKey.Part("日本", other)));
    }

    @Test
    void linesAreCopiedAsTheyAreShown() throws Exception {
        desk.copy(new Cmd.CopyLines(key, new Cmd.Lines(TWO, THREE)));
        assertThat(answer()).isEqualTo(new Msg.LinesRead("twö\nthree", false));
        desk.copy(new Cmd.CopyLines(key, new Cmd.Lines(TWO, TWO)));
        assertThat(answer()).isEqualTo(new Msg.LinesRead("twö", false));
        desk.copy(new Cmd.CopyLines(key, new Cmd.Lines(0, Long.MAX_VALUE)));
        assertThat(answer()).isEqualTo(new Msg.LinesRead("one\ntwö\nthree\nfour", false));
    }

    @Test
    void manyLinesAreCopiedOnceEachAndTooManyNotAtAll() throws Exception {
        Files.writeString(key.path(), "x\n".repeat(1_777));
        desk.copy(new Cmd.CopyLines(key, new Cmd.Lines(0, Long.MAX_VALUE)));
        String all = "x\n".repeat(1_776) + "x";
        assertThat(answer()).isEqualTo(new Msg.LinesRead(all, false));
        Files.writeString(key.path(), "x".repeat(999).concat("\n").repeat(2_000));
        desk.copy(new Cmd.CopyLines(key, new Cmd.Lines(0, Long.MAX_VALUE)));
        assertThat(answer()).isEqualTo(new Msg.LinesRead("", true));
    }

    @Test
    void bytesAreSavedAsTheyAreAndNothingIsReplacedUnasked() throws Exception {
        Path to = folder.resolve("saved.log");
        Cmd.SaveLines whole =
                new Cmd.SaveLines(key, new Cmd.Lines(0, Long.MAX_VALUE), to.toString(), false);
        desk.save(whole);
        assertThat(answer()).isInstanceOf(Msg.Said.class);
        assertThat(Files.readString(to)).isEqualTo(LOG);
        Cmd.SaveLines some =
                new Cmd.SaveLines(key, new Cmd.Lines(TWO, THREE), to.toString(), false);
        desk.save(some);
        assertThat(answer()).isEqualTo(new Msg.SaveRefused(some));
        assertThat(Files.readString(to)).isEqualTo(LOG);
        desk.save(new Cmd.SaveLines(key, some.lines(), to.toString(), true));
        assertThat(answer()).isInstanceOf(Msg.Said.class);
        assertThat(Files.readString(to)).isEqualTo("\u001b[31mtwö\u001b[0m\nthree\n");
    }

    @Test
    void whatCannotBeSavedIsTold() throws Exception {
        Cmd.Lines all = new Cmd.Lines(0, Long.MAX_VALUE);
        for (String to : List.of(folder + "/no/such", folder.toString(), "\0")) {
            desk.save(new Cmd.SaveLines(key, all, to, to.equals(folder.toString())));
            assertThat(answer()).as(to).isInstanceOf(Msg.Problem.class);
        }
        desk.save(new Cmd.SaveLines(key, all, key.path().toString(), true));
        assertThat(answer()).isInstanceOf(Msg.Problem.class);
        assertThat(Files.readString(key.path())).isEqualTo(LOG);
    }

    @Test
    void fileThatALineNamesIsOpenedWhereItLiesInTheWorkspace() throws Exception {
        Path workspace = folder.resolve("shop");
        Files.createDirectories(workspace.resolve("src"));
        Path source = Files.writeString(workspace.resolve("src/a.c"), "x").toRealPath();
        Files.writeString(folder.resolve("b.c"), "x");
        Files.createSymbolicLink(workspace.resolve("src/c.c"), folder.resolve("b.c"));
        desk.find(new Cmd.FindFile(key, TWO, "src/no.c:1: in src/a.c:7:2: error", workspace));
        assertThat(answer())
                .isEqualTo(
                        new Msg.OpenFound(
                                new Cmd.Open(source, new Cmd.Spot.Line(7), Cmd.Program.EDITOR)));
        Msg log =
                new Msg.OpenFound(
                        new Cmd.Open(key.path(), new Cmd.Spot.Offset(TWO), Cmd.Program.EDITOR));
        for (String line : List.of("../b.c:1", "src/c.c:1", "src/gone.c:2", "https://a.b/c")) {
            desk.find(new Cmd.FindFile(key, TWO, line, workspace));
            assertThat(answer()).as(line).isEqualTo(log);
        }
        desk.find(new Cmd.FindFile(merged(), 0, "nothing", workspace));
        assertThat(answer()).isInstanceOf(Msg.Said.class);
    }

    @Test
    void hitsAreCountedAndErrorsAndExpressionsFound() throws Exception {
        Sought text = new Sought(Sought.Kind.REGEX, "^t.+");
        desk.count(new Cmd.CountHits(PaneId.FIRST, key, text));
        assertThat(answer())
                .isEqualTo(
                        new Msg.HitsCounted(
                                PaneId.FIRST,
                                key,
                                text,
                                new LogSearch.Hits(List.of(TWO, THREE), false)));
        Files.writeString(key.path(), "ok\nerror: it broke\n0 errors\n");
        Cmd.Search error =
                new Cmd.Search(PaneId.FIRST, key, Sought.Kind.ERRORS, "", Long.MAX_VALUE, false);
        desk.search(error);
        assertThat(answer()).isEqualTo(new Msg.Searched(error, new LogSearch.Result.Found(3)));
    }

    @Test
    void severalLogsAreReadSearchedAndSavedAsOne() throws Exception {
        LogKey both = merged();
        desk.read(new Cmd.ReadLog(PaneId.FIRST, both, new Cmd.Where.Tail(), 2, -1));
        Msg.LogRead read = (Msg.LogRead) answer();
        assertThat(read.lines())
                .extracting(LogLine::line)
                .extracting(line -> line.text())
                .containsExactly("a    four", "日本 five");
        assertThat(read.times().at(read.lines().getLast().offset())).hasValue(4_000_000_000_000L);
        Cmd.Search search = new Cmd.Search(PaneId.FIRST, both, "five", 0, true);
        desk.search(search);
        long place = read.lines().getLast().offset();
        assertThat(answer()).isEqualTo(new Msg.Searched(search, new LogSearch.Result.Found(place)));
        Path to = folder.resolve("both.log");
        desk.save(new Cmd.SaveLines(both, new Cmd.Lines(place, place), to.toString(), false));
        assertThat(answer()).isInstanceOf(Msg.Said.class);
        assertThat(Files.readString(to)).isEqualTo("日本 five\n");
        desk.close(new Cmd.CloseLog(PaneId.FIRST));
    }

    @Test
    void timesThatComeLaterAreToldAlthoughTheLogHasNotGrown() throws Exception {
        long size = Files.size(key.path());
        desk.read(new Cmd.ReadLog(PaneId.FIRST, key, new Cmd.Where.Tail(), 2, -1));
        assertThat(((Msg.LogRead) answer()).times().count()).isZero();
        byte[] entry = ByteBuffer.allocate(16).putLong(5_000).putLong(size).array();
        Files.write(folder.resolve(TimeFile.NAME), entry);
        desk.read(new Cmd.ReadLog(PaneId.FIRST, key, new Cmd.Where.Tail(), 2, size));
        assertThat(((Msg.LogRead) answer()).times().at(0)).hasValue(5_000);
    }
}
