package dev.simmer.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.NeedsPermission;
import dev.simmer.agent.stream.AgentEvent.Output;
import dev.simmer.agent.stream.AgentEvent.RateLimited;
import dev.simmer.agent.stream.AgentEvent.Retry;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.Thinking;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Turn;
import dev.simmer.agent.stream.AgentEvent.Usage;
import dev.simmer.agent.stream.Verdict.Report;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final ExitStatus ZERO = new ExitStatus.Code(0);
    private static final Ended GOOD = new Ended(true, End.COMPLETED, "", "Done.");

    private static Tally tally(AgentEvent... events) {
        return Tally.NONE.with(List.of(events));
    }

    private static Usage usage(long in, double cost, boolean total) {
        return new Usage(in, 1, 0, OptionalDouble.of(cost), true, total);
    }

    @Test
    void totalReplacesAndStepsAddUp() {
        Spend steps = tally(usage(10, 0.1, false), usage(20, 0.2, false)).spend();
        assertThat(steps.tokensIn()).isEqualTo(30);
        assertThat(steps.costUsd().orElseThrow()).isCloseTo(0.3, within(1e-9));
        Spend total = tally(usage(10, 0.1, false), usage(25, 0.2, true)).spend();
        assertThat(total.tokensIn()).isEqualTo(25);
        assertThat(total.costUsd()).hasValue(0.2);
        assertThat(total.estimate()).isTrue();
    }

    @Test
    void costOfAResumedSessionIsNotAddedUp() {
        Started session = new Started("s", "", Optional.empty());
        Tally first = tally(session, usage(120, 0.4, true));
        Tally resumed = tally(session, usage(240, 1.2, true));
        Tally other = tally(new Started("t", "", Optional.empty()), usage(1, 0.1, true));
        Spend spend = Spend.of(List.of(first, resumed, other), Program.CLAUDE);
        assertThat(spend.tokensIn()).isEqualTo(361);
        assertThat(spend.costUsd().orElseThrow()).isCloseTo(1.3, within(1e-9));
        Spend steps = Spend.of(List.of(first, resumed), Program.OPENCODE);
        assertThat(steps.costUsd().orElseThrow()).isCloseTo(1.6, within(1e-9));
        assertThat(Spend.of(List.of(Tally.NONE), Program.CODEX)).isEqualTo(Spend.NONE);
    }

    @Test
    void stateNowIsWhatTheLastEventTells() {
        assertThat(tally().now().words()).isEqualTo("starting");
        assertThat(tally(new ToolStarted("a", "Bash", "ls")).now().words()).isEqualTo("Bash ls");
        assertThat(tally(new Retry(3, 10, Duration.ZERO, "529")).now().words())
                .isEqualTo("retrying the model (3 of 10): 529");
        assertThat(tally(new NeedsPermission("Bash", "rm")).now().words())
                .isEqualTo("needs permission for Bash: rm");
        assertThat(tally(new Retry(1, 0, Duration.ZERO, ""), new Text("x", false)).now())
                .isEqualTo(new Activity.Working(""));
        assertThat(tally(GOOD).now()).isEqualTo(new Activity.Over());
    }

    @Test
    void callThatIsRefusedDoesNotRun() {
        ToolStarted first = new ToolStarted("a", "Bash", "first");
        ToolStarted second = new ToolStarted("b", "Bash", "second");
        Denied refused = new Denied("a", "Bash", "no");
        assertThat(tally(first, refused).now().words()).isEqualTo("refused: Bash first");
        assertThat(tally(first, second, refused).now().words()).isEqualTo("refused: Bash");
        assertThat(tally(refused).now().words()).isEqualTo("refused: Bash");
        ToolEnded told = new ToolEnded("a", false, "no");
        assertThat(tally(first, refused, told).now()).isEqualTo(new Activity.Working(""));
        assertThat(tally(first, refused, new Thinking()).now()).isEqualTo(new Activity.Thinking());
        assertThat(tally(GOOD, refused).now()).isEqualTo(new Activity.Over());
        assertThat(verdict(tally(first, refused), ZERO, Report.MISSING).reason())
                .startsWith("1 call was refused (Bash); no terminal event")
                .doesNotContain("the tool that ran");
    }

    @Test
    void momentAtWhichALimitEndsIsToldOrReckoned() {
        Instant seen = Instant.ofEpochSecond(1_000);
        Instant until = Instant.ofEpochSecond(5_000);
        assertThat(limited(Optional.of(until), Duration.ZERO).goesOn(seen)).contains(until);
        assertThat(limited(Optional.empty(), Duration.ofSeconds(30)).goesOn(seen))
                .contains(Instant.ofEpochSecond(1_030));
        assertThat(limited(Optional.empty(), Duration.ZERO).goesOn(seen)).isEmpty();
    }

    private static Activity.RateLimited limited(Optional<Instant> until, Duration delay) {
        return (Activity.RateLimited) tally(new RateLimited(until, delay, "429")).now();
    }

    @Test
    void finalTextIsTheLastThatWasSaidWithAllItsPieces() {
        assertThat(
                        tally(new Text("a", false), new Text("b", false), new Text("c", true))
                                .finalText())
                .isEqualTo("bc");
        assertThat(tally(new Text("a", false), new Text(" ", false)).finalText()).isEqualTo("a");
        assertThat(tally(new Text("a", false), GOOD).finalText()).isEqualTo("Done.");
        Tally long_ = tally(new Text("x".repeat(Tally.LONGEST_TEXT) + "end", false));
        assertThat(long_.finalText()).hasSize(Tally.LONGEST_TEXT).endsWith("end");
    }

    @Test
    void complaintIsWhatSoundsWrong() {
        assertThat(
                        tally(new Output("hello"), new Output("Error: no key"), new Output("bye"))
                                .complaint())
                .isEqualTo("Error: no key");
        Started started = new Started("s", "", Optional.empty());
        assertThat(tally(new Output("hello"), started, new Output("x")).complaint()).isEmpty();
    }

    private static Verdict verdict(Tally tally, ExitStatus exit, Report report) {
        return Verdict.of(tally, exit, report, Optional.empty());
    }

    @Test
    void completedNeedsItsEndNoErrorExitZeroAndAReport() {
        assertThat(verdict(tally(GOOD), ZERO, Report.WRITTEN))
                .isEqualTo(
                        new Verdict(AgentVerdict.COMPLETED, "ended in order with a valid report"));
        assertThat(verdict(tally(GOOD), ZERO, Report.MISSING).word())
                .isEqualTo(AgentVerdict.PARTIAL);
        assertThat(verdict(tally(GOOD), new ExitStatus.Code(1), Report.WRITTEN).word())
                .isEqualTo(AgentVerdict.PARTIAL);
        assertThat(verdict(tally(GOOD), new ExitStatus.Signaled(9), Report.MADE))
                .isEqualTo(
                        new Verdict(
                                AgentVerdict.FAILED,
                                "the program ended with signal SIGKILL after the agent had said"
                                        + " that it was done"));
        assertThat(verdict(tally(GOOD), new ExitStatus.Unknown("gone"), Report.MADE).word())
                .isEqualTo(AgentVerdict.FAILED);
        assertThat(verdict(tally(new Turn()), ZERO, Report.WRITTEN).word())
                .isEqualTo(AgentVerdict.FAILED);
    }

    @Test
    void endThatWasGoneBeyondIsNoMissingOne() {
        ToolStarted call = new ToolStarted("a", "Bash", "ls");
        ToolEnded done = new ToolEnded("a", true, "");
        Tally beyond = tally(new Turn(), GOOD, new Turn(), call, done);
        assertThat(verdict(beyond, ZERO, Report.MADE))
                .isEqualTo(
                        new Verdict(
                                AgentVerdict.FAILED,
                                "it went on after its end and gave no second one; the program ended"
                                        + " with exit code 0"));
        assertThat(verdict(beyond.with(GOOD), ZERO, Report.MADE).word())
                .isEqualTo(AgentVerdict.COMPLETED);
        assertThat(verdict(tally(new Turn(), call, done), ZERO, Report.MADE).reason())
                .startsWith("no terminal event");
    }

    @Test
    void denialsAreNamedOnceEach() {
        Tally denied =
                tally(
                        new Denied("1", "Bash", ""),
                        new Denied("2", "Bash", ""),
                        new Denied("3", "Write", ""),
                        GOOD);
        assertThat(verdict(denied, ZERO, Report.WRITTEN))
                .isEqualTo(
                        new Verdict(
                                AgentVerdict.COMPLETED_WITH_DENIALS,
                                "3 calls were refused (Bash, Write); ended in order with a valid"
                                        + " report"));
        assertThat(AgentVerdict.COMPLETED_WITH_DENIALS.word()).isEqualTo("completed-with-denials");
    }

    @Test
    void errorLeavesAWrittenReportOfSomeUse() {
        Tally error = tally(new Ended(false, End.RATE_LIMIT, "429", ""));
        assertThat(verdict(error, ZERO, Report.MADE))
                .isEqualTo(
                        new Verdict(
                                AgentVerdict.FAILED, "the account's rate limit was reached: 429"));
        assertThat(verdict(error, ZERO, Report.WRITTEN).word()).isEqualTo(AgentVerdict.PARTIAL);
        Tally budget = tally(new Ended(false, End.BUDGET, "", ""));
        assertThat(verdict(budget, new ExitStatus.Code(1), Report.MISSING))
                .isEqualTo(new Verdict(AgentVerdict.PARTIAL, "it came to the end of its budget"));
    }

    @Test
    void stopIsAFailureButForOneThatOnlyLingered() {
        Tally working = tally(new Turn(), new ToolStarted("a", "Bash", "sleep 9"));
        ExitStatus term = new ExitStatus.Signaled(15);
        for (AgentStop stop : AgentStop.values()) {
            Verdict verdict = Verdict.of(working, term, Report.MISSING, Optional.of(stop));
            assertThat(verdict.word()).isEqualTo(AgentVerdict.FAILED);
            assertThat(verdict.reason()).contains("Bash sleep 9");
        }
        Verdict lingered =
                Verdict.of(tally(GOOD), term, Report.MADE, Optional.of(AgentStop.LINGERING));
        assertThat(lingered.word()).isEqualTo(AgentVerdict.COMPLETED);
        assertThat(lingered.reason())
                .isEqualTo(
                        "it did not exit after its end and was stopped; it ended in order; the"
                                + " report is made from its final words");
    }
}
