package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemoryEstimate.Evidence;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PeakEstimatesTest {
    private static final MemoryEstimate GUESS =
            new MemoryEstimate(
                    500, MemorySource.GUESSED, Optional.empty(), "build", OptionalLong.empty());

    private static StoredPeak peak(long bytes) {
        return new StoredPeak(bytes, 10_000, Phase.SUCCEEDED, false);
    }

    private static StoredPeak ended(Phase phase, long bytes, long millis) {
        return new StoredPeak(bytes, millis, phase, false);
    }

    private static StoredPeak forMemory(long bytes) {
        return new StoredPeak(bytes, 5_000, Phase.KILLED, true);
    }

    private static MemoryEstimate estimate(StoredPeak... newestFirst) {
        return new PeakEstimates(List.of(newestFirst), true).estimate(GUESS);
    }

    private static Evidence evidence(StoredPeak... newestFirst) {
        return estimate(newestFirst).evidence().orElseThrow();
    }

    @Test
    void withoutAnAttemptTheGuessStands() {
        assertThat(estimate()).isEqualTo(GUESS);
        // Never seen, such as one that ended at once.
        assertThat(estimate(peak(0), peak(0))).isEqualTo(GUESS);
    }

    @Test
    void oneRunGetsATenthOnTop() {
        MemoryEstimate learned = estimate(peak(1_000));
        assertThat(learned)
                .isEqualTo(
                        new MemoryEstimate(
                                1_100,
                                MemorySource.LEARNED,
                                Optional.of(new Evidence(1, 1_000, 1_000, 10, 1_100)),
                                "",
                                OptionalLong.empty()));
    }

    @Test
    void marginShrinksWithEvidence() {
        // 3 + 7 / sqrt(n): 4 runs 6.5, 9 runs 5.3, 25 runs 4.4.
        assertThat(evidence(same(4)).marginPercent()).isEqualTo(7);
        assertThat(evidence(same(9)).marginPercent()).isEqualTo(5);
        assertThat(evidence(same(25)).marginPercent()).isEqualTo(4);
        assertThat(evidence(same(25))).isEqualTo(new Evidence(25, 1_000, 1_000, 4, 1_040));
    }

    private static StoredPeak[] same(int count) {
        return Collections.nCopies(count, peak(1_000)).toArray(StoredPeak[]::new);
    }

    @Test
    void highPeakCountsUntilItWeighsLessThanATwentieth() {
        // Of many runs the one of age n weighs 0.15 * 0.85^n: 5.7 % at age 6, 4.8 % at age 7.
        for (int age = 0; age < 12; age++) {
            List<StoredPeak> peaks = new ArrayList<>(Arrays.asList(same(40)));
            peaks.set(age, peak(3_000));
            Evidence evidence = evidence(peaks.toArray(StoredPeak[]::new));
            assertThat(evidence.percentileBytes())
                    .as("age " + age)
                    .isEqualTo(age <= 6 ? 3_000 : 1_000);
            assertThat(evidence.largestBytes()).isEqualTo(3_000);
        }
    }

    @Test
    void taskThatHasGrownIsKnownToHaveAfterOneRun() {
        assertThat(evidence(peak(2_000), peak(1_000), peak(1_000), peak(1_000)).percentileBytes())
                .isEqualTo(2_000);
    }

    @Test
    void taskThatHasShrunkIsBelievedSlowly() {
        // The one of 3,000 weighs 0.85^3 / (1 + 0.85 + 0.85^2 + 0.85^3) = 19 %.
        assertThat(evidence(peak(1_000), peak(1_000), peak(1_000), peak(3_000)).percentileBytes())
                .isEqualTo(3_000);
    }

    @Test
    void attemptEndedForMemoryRaisesAtOnce() {
        MemoryEstimate raised = estimate(forMemory(1_000), peak(600));
        // 1,500 weighs 1 of 1.85; two runs: 5 + 15 / 1.414 = 15.6 %.
        assertThat(raised.evidence()).contains(new Evidence(2, 1_500, 1_000, 8, 1_620));
        assertThat(raised.source()).isEqualTo(MemorySource.RAISED);
        assertThat(raised.bytes()).isEqualTo(1_620);
        assertThat(raised.endedAt()).hasValue(1_000);
        assertThat(raised.kind()).isEmpty();
    }

    @Test
    void afterThatItIsLearnedAgainAndCountsHalfAsMuchAgain() {
        MemoryEstimate learned = estimate(peak(1_100), forMemory(1_000));
        assertThat(learned.source()).isEqualTo(MemorySource.LEARNED);
        assertThat(learned.evidence()).contains(new Evidence(2, 1_500, 1_100, 8, 1_620));
    }

    @Test
    void declaredStandsAndIsToldWhatWasSeen() {
        MemoryEstimate declared = new MemoryEstimate(4_000, MemorySource.DECLARED);
        for (StoredPeak newest : List.of(peak(1_000), forMemory(800))) {
            MemoryEstimate estimate =
                    new PeakEstimates(List.of(newest, peak(1_000)), true).estimate(declared);
            assertThat(estimate.source()).isEqualTo(MemorySource.DECLARED);
            assertThat(estimate.bytes()).isEqualTo(4_000);
            assertThat(estimate.evidence().orElseThrow().runs()).isEqualTo(2);
        }
    }

    @Test
    void attemptThatWasStoppedCountsOnlyWhereItIsLarger() {
        assertThat(evidence(ended(Phase.KILLED, 900, 9), peak(1_000)).runs()).isEqualTo(1);
        assertThat(evidence(ended(Phase.KILLED, 1_100, 9), peak(1_000)))
                .isEqualTo(new Evidence(2, 1_100, 1_100, 8, 1_188));
        assertThat(evidence(ended(Phase.TIMED_OUT, 900, 9), peak(1_000)).runs()).isEqualTo(1);
        assertThat(evidence(ended(Phase.LOST, 900, 9), peak(1_000)).runs()).isEqualTo(1);
    }

    @Test
    void attemptsThatWereAllStoppedCountAboveTheGuess() {
        assertThat(estimate(ended(Phase.KILLED, 499, 9))).isEqualTo(GUESS);
        assertThat(evidence(ended(Phase.KILLED, 501, 9), ended(Phase.KILLED, 10, 9)).runs())
                .isEqualTo(1);
    }

    @Test
    void quickFailureShowsNothingAndASlowOneDoes() {
        // A success takes 10 s.
        assertThat(evidence(ended(Phase.FAILED, 10, 4_999), peak(1_000)).runs()).isEqualTo(1);
        assertThat(evidence(ended(Phase.FAILED, 10, 5_000), peak(1_000)).runs()).isEqualTo(2);
        // Where none has succeeded, failures are what it does.
        assertThat(estimate(ended(Phase.FAILED, 10, 1)).bytes()).isEqualTo(11);
    }

    @Test
    void everyPeakOfAServiceCounts() {
        List<StoredPeak> stopped =
                List.of(ended(Phase.KILLED, 100, 9), ended(Phase.KILLED, 200, 9));
        PeakEstimates service = new PeakEstimates(stopped, false);
        assertThat(service.estimate(GUESS).evidence().orElseThrow().runs()).isEqualTo(2);
        assertThat(service.usualMillis()).isEmpty();
    }

    @Test
    void usualDurationIsTheMedianOfTheSuccesses() {
        List<StoredPeak> peaks = new ArrayList<>();
        assertThat(new PeakEstimates(peaks, true).usualMillis()).isEmpty();
        peaks.add(ended(Phase.FAILED, 1, 1));
        assertThat(new PeakEstimates(peaks, true).usualMillis()).isEmpty();
        peaks.add(ended(Phase.SUCCEEDED, 1, 900));
        assertThat(new PeakEstimates(peaks, true).usualMillis()).hasValue(900);
        peaks.add(ended(Phase.SUCCEEDED, 1, 100));
        assertThat(new PeakEstimates(peaks, true).usualMillis()).hasValue(500);
        peaks.add(ended(Phase.SUCCEEDED, 1, 200));
        assertThat(new PeakEstimates(peaks, true).usualMillis()).hasValue(200);
    }
}
