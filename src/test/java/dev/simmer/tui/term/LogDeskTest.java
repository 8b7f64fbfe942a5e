package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.LogLine;
import dev.simmer.model.TaskId;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.DiffStat;
import dev.simmer.tui.model.KeptWorktree;
import dev.simmer.tui.model.LogKey;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.PaneId;
import dev.simmer.tui.model.Sheet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class LogDeskTest {
    private static final String REFUSED = " cannot be read: at its place is a link";

    @TempDir private Path folder;

    private final BlockingQueue<Msg> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> crashes = new LinkedBlockingQueue<>();
    private final LogDesk desk = new LogDesk(answers::add, crashes::add);

    @AfterEach
    void nothingBroke() {
        desk.close();
        assertThat(crashes).isEmpty();
    }

    private LogKey key(Sheet sheet, String name) {
        return new LogKey(new TaskId(1), 1, sheet, folder.resolve(name));
    }

    private Path secret() throws IOException {
        return Files.writeString(folder.resolve("secret"), "+secret\n");
    }

    private Msg answer() throws InterruptedException {
        return Objects.requireNonNull(answers.poll(20, TimeUnit.SECONDS), "no answer");
    }

    private Msg read(LogKey key) throws InterruptedException {
        desk.read(new Cmd.ReadLog(PaneId.FLOATING, key, new Cmd.Where.Around(0), 10, -1));
        return answer();
    }

    private static void assertRefused(Msg answer, String words) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Msg.LogUnreadable.class, said -> assertThat(said.why()).startsWith(words));
    }

    private static void assertText(Msg answer, String text) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Msg.LogRead.class,
                        read ->
                                assertThat(read.lines())
                                        .extracting(LogLine::line)
                                        .extracting(line -> line.text())
                                        .containsExactly(text));
    }

    @Test
    void linkAtAReportsPlaceIsNotFollowed() throws Exception {
        LogKey report = key(Sheet.REPORT, "report.md");
        Files.createSymbolicLink(report.path(), secret());
        assertRefused(read(report), "the report" + REFUSED);
        desk.search(new Cmd.Search(PaneId.FLOATING, report, "secret", 0, true));
        assertThat(answer()).isInstanceOf(Msg.Problem.class);
    }

    @Test
    void linkThatTakesAReportsPlaceIsNotFollowed() throws Exception {
        LogKey report = key(Sheet.REPORT, "report.md");
        Files.writeString(report.path(), "mine\n");
        assertText(read(report), "mine");
        Files.delete(report.path());
        Files.createSymbolicLink(report.path(), secret());
        assertRefused(read(report), "the report" + REFUSED);
    }

    @Test
    void linkAtADiffsPlaceIsNeitherShownNorCounted() throws Exception {
        LogKey diff = key(Sheet.DIFF, "changes.diff");
        Files.createSymbolicLink(diff.path(), secret());
        assertRefused(read(diff), "the diff" + REFUSED);
        desk.measure(new Cmd.MeasureDiff(diff, Optional.empty()));
        assertRefused(answer(), "the diff" + REFUSED);
    }

    @Test
    void folderAtAReportsPlaceIsNoReport() throws Exception {
        LogKey report = key(Sheet.REPORT, "report.md");
        Files.createDirectory(report.path());
        assertRefused(read(report), "the report cannot be read: at its place is no regular file");
    }

    @Test
    void missingReportIsEmpty() throws Exception {
        assertThat(read(key(Sheet.REPORT, "report.md")))
                .isInstanceOfSatisfying(
                        Msg.LogRead.class, read -> assertThat(read.lines()).isEmpty());
    }

    @Test
    void diffIsCounted() throws Exception {
        LogKey diff = key(Sheet.DIFF, "changes.diff");
        Files.writeString(diff.path(), "diff --git a/x b/x\n@@ -1 +1,2 @@\n a\n+b\n");
        LogKey report = key(Sheet.REPORT, "report.md");
        DiffStat stat = new DiffStat(1, 1, 0);
        Cmd.MeasureDiff measure = new Cmd.MeasureDiff(diff, Optional.of(report));
        desk.measure(measure);
        assertThat(answer()).isEqualTo(new Msg.DiffMeasured(diff, stat, Optional.empty()));
        Files.writeString(
                report.path(), "---\nworktree:\n  - \"kept at /w, branch simmer/é\"\n---\n");
        desk.measure(measure);
        KeptWorktree kept = new KeptWorktree("/w", "simmer/é");
        assertThat(answer()).isEqualTo(new Msg.DiffMeasured(diff, stat, Optional.of(kept)));
    }
}
