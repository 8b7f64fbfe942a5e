package dev.simmer.agent.stream;

import static dev.simmer.model.AgentVerdict.FAILED;
import static dev.simmer.model.AgentVerdict.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.stream.RecordedRuns.Row;
import dev.simmer.agent.stream.Verdict.Report;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recorded run of a real program gets the right verdict, in the right words. */
class RecordedStreamsTest {
    private static final List<Row> TABLE = RecordedRuns.TABLE;
    private static final ExitStatus ZERO = new ExitStatus.Code(0);
    private static final ExitStatus INT = new ExitStatus.Signaled(2);
    private static final ExitStatus TERM = new ExitStatus.Signaled(15);

    @TestFactory
    Stream<DynamicTest> recordedRunGetsItsVerdict() {
        return TABLE.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private static void check(Row row) {
        Recording run = Recording.of(row.name());
        run.exit().ifPresent(exit -> assertThat(exit).isEqualTo(row.exit()));
        Tally tally = Tally.NONE.with(Recording.events(run.program(), run.lines(), row.exit()));
        Spend spend = tally.spend();

        assertThat(verdict(tally, row.exit())).isEqualTo(new Verdict(row.word(), row.reason()));
        assertThat(tally.turns() + " " + tally.tools() + " " + tally.retries())
                .isEqualTo(row.counts());
        assertThat(spend.tokensIn() + " " + spend.tokensOut() + " " + spend.cacheRead())
                .isEqualTo(row.tokens());
        assertThat(tally.finalText()).isEqualTo(row.finalText());
        assertThat(tally.sessionId().isEmpty()).isEqualTo(run.stdout().isEmpty());
    }

    private static Verdict verdict(Tally tally, ExitStatus exit) {
        Report report = tally.finalText().isBlank() ? Report.MISSING : Report.MADE;
        return Verdict.of(tally, exit, report, Optional.empty());
    }

    @Test
    void everyRecordingIsInTheTable() {
        assertThat(TABLE.stream().map(Row::name).collect(Collectors.toSet()))
                .isEqualTo(Recording.names());
    }

    @TestFactory
    Stream<DynamicTest> runThatWasInterruptedHasFailedHoweverItExited() {
        return TABLE.stream()
                .filter(row -> row.name().contains("sig"))
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> interrupted(row.name())));
    }

    private static void interrupted(String name) {
        Recording run = Recording.of(name);
        for (ExitStatus exit :
                List.of(ZERO, INT, TERM, new ExitStatus.Code(130), new ExitStatus.Code(143))) {
            Tally tally = Tally.NONE.with(Recording.events(run.program(), run.lines(), exit));
            for (Report report : Report.values()) {
                AgentVerdict word = Verdict.of(tally, exit, report, Optional.empty()).word();
                // The terminal event of an error leaves a report that was written of some use.
                boolean useful = report == Report.WRITTEN && tally.ended().isPresent();
                assertThat(word).isEqualTo(useful ? PARTIAL : FAILED);
            }
        }
    }

    @Test
    void portionsAndTheOtherStreamsPlaceChangeNothing() {
        for (String name : Recording.names()) {
            Recording run = Recording.of(name);
            List<String> after = new ArrayList<>(run.stdout());
            after.addAll(run.stderr());
            Tally first = Tally.NONE.with(Recording.events(run.program(), run.lines(), ZERO));
            Tally last = Tally.NONE.with(Recording.events(run.program(), after, ZERO));
            assertThat(last.ended()).isEqualTo(first.ended());
            assertThat(last.spend()).isEqualTo(first.spend());
            assertThat(verdict(last, ZERO).word()).isEqualTo(verdict(first, ZERO).word());
        }
    }

    @Test
    void streamCutAnywhereIsNeverTakenForACompletedRun() {
        for (String name : Recording.names()) {
            Recording run = Recording.of(name);
            for (int lines = 0; lines < run.stdout().size(); lines++) {
                String whole = run.stdout().get(lines);
                for (String cut : List.of("", whole.substring(0, whole.length() / 2))) {
                    List<String> part = new ArrayList<>(run.stdout().subList(0, lines));
                    part.add(cut);
                    Tally tally = Tally.NONE.with(Recording.events(run.program(), part, ZERO));
                    assertThat(Verdict.of(tally, ZERO, Report.WRITTEN, Optional.empty()).word())
                            .as(name + " cut after " + lines)
                            .isIn(FAILED);
                }
            }
        }
    }
}
