package dev.simmer.agent.stream;

import static dev.simmer.model.AgentVerdict.COMPLETED;
import static dev.simmer.model.AgentVerdict.COMPLETED_WITH_DENIALS;
import static dev.simmer.model.AgentVerdict.FAILED;
import static dev.simmer.model.AgentVerdict.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

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
    private static final String DONE = "Stub says: the task is done. Report written.";
    private static final String MADE = "ended in order; the report is made from its final words";
    private static final String NONE = "no terminal event; the program ended with exit code 0";
    private static final ExitStatus ZERO = new ExitStatus.Code(0);
    private static final ExitStatus INT = new ExitStatus.Signaled(2);
    private static final ExitStatus TERM = new ExitStatus.Signaled(15);

    /** Exit status, verdict and its reason; turns, tools, retries; tokens in, out, of a cache. */
    private record Row(
            String name,
            ExitStatus exit,
            AgentVerdict word,
            String reason,
            String counts,
            String tokens,
            String finalText) {}

    private static Row row(
            String name,
            ExitStatus exit,
            AgentVerdict word,
            String reason,
            String counts,
            String tokens,
            String text) {
        return new Row(name, exit, word, reason, counts, tokens, text);
    }

    private static ExitStatus code(int code) {
        return new ExitStatus.Code(code);
    }

    /** Where no exit status was recorded, the worst that may come of a signal: exit code 0. */
    private static final List<Row> TABLE =
            List.of(
                    row("claude-2.1.329-text", ZERO, COMPLETED, MADE, "1 0 0", "200 17 50", DONE),
                    row("claude-2.1.329-tool", ZERO, COMPLETED, MADE, "2 1 0", "400 34 100", DONE),
                    row(
                            "claude-2.1.329-denied",
                            ZERO,
                            COMPLETED_WITH_DENIALS,
                            MADE + "; 1 call was refused (Bash)",
                            "2 1 0",
                            "400 34 100",
                            DONE),
                    row(
                            "claude-2.1.329-maxturns",
                            code(1),
                            PARTIAL,
                            "it came to the end of its turns: Reached maximum number of turns (1)",
                            "1 1 0",
                            "200 17 50",
                            ""),
                    row(
                            "claude-2.1.329-err401",
                            code(124),
                            FAILED,
                            "no terminal event; the program ended with exit code 124; it was"
                                    + " retrying the model (9 of 10): authentication_failed (401)",
                            "0 0 9",
                            "0 0 0",
                            ""),
                    row(
                            "claude-2.1.329-err401-retry1",
                            code(1),
                            FAILED,
                            "the model's server refused the access: Failed to authenticate."
                                    + " API Error: 401 stub failure 401",
                            "0 0 1",
                            "0 0 0",
                            "Failed to authenticate. API Error: 401 stub failure 401"),
                    row(
                            "claude-2.1.329-noverbose",
                            code(1),
                            FAILED,
                            "no terminal event; the program ended with exit code 1; it had not"
                                    + " begun; its last words: Error: When using --print,"
                                    + " --output-format=stream-json requires --verbose",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "claude-2.1.329-sigINT",
                            ZERO,
                            FAILED,
                            NONE + "; its last words: [Request interrupted by user]",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row("claude-2.1.329-sigTERM", ZERO, FAILED, NONE, "0 0 0", "0 0 0", ""),
                    row("claude-2.1.329-toolsigTERM", ZERO, FAILED, NONE, "1 1 0", "200 1 50", ""),
                    row("codex-0.169.0-text", ZERO, COMPLETED, MADE, "1 0 0", "120 17 50", DONE),
                    row("codex-0.169.0-tool", ZERO, COMPLETED, MADE, "2 1 0", "240 34 100", DONE),
                    row(
                            "codex-0.169.0-err401",
                            code(1),
                            FAILED,
                            "the model's server refused the access: unexpected status 401"
                                    + " Unauthorized: stub failure 401, url:"
                                    + " http://127.0.0.1:8099/v1/responses",
                            "0 0 5",
                            "0 0 0",
                            ""),
                    row("codex-0.169.0-sigINT", ZERO, FAILED, NONE, "0 0 0", "0 0 0", ""),
                    row("codex-0.169.0-sigTERM", ZERO, FAILED, NONE, "0 0 0", "0 0 0", ""),
                    row(
                            "codex-0.169.0-toolsigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; the tool that ran: Bash sleep 44",
                            "1 1 0",
                            "0 0 0",
                            ""),
                    row("gemini-0.61.0-text", ZERO, COMPLETED, MADE, "1 0 0", "120 22 50", DONE),
                    row("gemini-0.61.0-tool", ZERO, COMPLETED, MADE, "2 1 0", "240 44 100", DONE),
                    row(
                            "gemini-0.61.0-err401",
                            code(145),
                            FAILED,
                            "the model's server refused the access: [API Error:"
                                + " {\"type\":\"error\","
                                + "\"error\":{\"type\":\"authentication_error\",\"message\":\"stub"
                                + " failure 401\"}}]",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-sigINT",
                            ZERO,
                            FAILED,
                            "it ended with an error: [API Error: exception TypeError: fetch failed"
                                    + " sending request]",
                            "0 0 9",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-sigTERM",
                            ZERO,
                            FAILED,
                            "it ended with an error: [API Error: exception TypeError: fetch failed"
                                    + " sending request]",
                            "0 0 9",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-toolsigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; the tool that ran: Bash sleep 44",
                            "1 1 0",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-norelaunch-toolsigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; the tool that ran: Bash sleep 44",
                            "1 1 0",
                            "0 0 0",
                            ""),
                    row("opencode-1.18.33-text", ZERO, COMPLETED, MADE, "1 0 0", "120 17 50", DONE),
                    row(
                            "opencode-1.18.33-tool",
                            ZERO,
                            COMPLETED,
                            MADE,
                            "2 1 0",
                            "240 34 100",
                            DONE),
                    row(
                            "opencode-1.18.33-err401",
                            code(1),
                            FAILED,
                            "the model's server refused the access: stub failure 401",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "opencode-1.18.33-sigINT",
                            ZERO,
                            FAILED,
                            NONE + "; it had not begun",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "opencode-1.18.33-sigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; it had not begun",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row("opencode-1.18.33-toolsigTERM", ZERO, FAILED, NONE, "1 0 0", "0 0 0", ""));

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
        for (ExitStatus exit : List.of(ZERO, INT, TERM, code(130), code(143))) {
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
