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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void panesReadAndSearchForThemselves() throws Exception {
        LogKey first = key(Sheet.OUTPUT, "first.log");
        LogKey second = key(Sheet.OUTPUT, "second.log");
        Files.writeString(first.path(), "one\n");
        Files.writeString(second.path(), "two\n");
        Cmd.Where top = new Cmd.Where.Around(0);
        for (int i = 0; i < 50; i++) {
            desk.read(new Cmd.ReadLog(PaneId.FIRST, first, top, 10, -1));
            desk.read(new Cmd.ReadLog(PaneId.SECOND, second, top, 10, -1));
        }
        Set<PaneId> told = EnumSet.noneOf(PaneId.class);
        while (told.size() < 2) {
            Msg answer = answer();
            told.add(((Msg.LogRead) answer).pane());
            assertText(answer, ((Msg.LogRead) answer).pane() == PaneId.FIRST ? "one" : "two");
        }
        answers.clear();
        Cmd.Search one = new Cmd.Search(PaneId.FIRST, first, "one", 0, true);
        Cmd.Search two = new Cmd.Search(PaneId.SECOND, second, "two", 0, true);
        desk.search(one);
        desk.search(two);
        Set<Cmd.Search> found = new HashSet<>();
        while (found.size() < 2) {
            if (answer() instanceof Msg.Searched searched) {
                found.add(searched.asked());
            }
        }
        assertThat(found).as("neither gives up the other").containsExactlyInAnyOrder(one, two);
    }

    private static boolean isHeld(Path file) throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : open.toList()) {
                if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)
                        && file.toString().equals(target(each))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void closedPaneHoldsNoFile() throws Exception {
        LogKey log = key(Sheet.OUTPUT, "log");
        Files.writeString(log.path(), "line\n");
        assertText(read(log), "line");
        assertThat(isHeld(log.path())).isTrue();
        desk.close(new Cmd.CloseLog(PaneId.FLOATING));
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (isHeld(log.path()) && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
        assertThat(isHeld(log.path())).isFalse();
    }
}
