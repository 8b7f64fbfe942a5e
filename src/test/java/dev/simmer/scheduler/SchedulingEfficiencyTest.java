package dev.simmer.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How fast random workloads are done, measured against what is possible at best ({@link
 * Grist#leastMillis}). {@code -Dsimmer.efficiency.workloads=N} says how many.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SchedulingEfficiencyTest {
    private static final int WORKLOADS = Integer.getInteger("simmer.efficiency.workloads", 120);

    /** Times to finish over the least possible, and what was lost on the way. */
    private static final class Report {
        final double[] ratios = new double[WORKLOADS];
        final double[] wasted = new double[WORKLOADS];
        int tasks;
        int kills;
        int evictions;
        int pauses;

        void add(int seed, Grist grist, Mill.Result result) {
            assertThat(result.lost()).as("lost, in workload %d", seed).isZero();
            ratios[seed] = result.millis() / grist.leastMillis();
            wasted[seed] = result.wastedShare();
            tasks += grist.grains().size();
            kills += result.kills();
            evictions += result.evictions();
            pauses += result.pauses();
        }

        void print(String what) {
            Arrays.sort(ratios);
            Arrays.sort(wasted);
            System.out.printf(
                    "%s, %d workloads of %d tasks: time over the least possible: median %.3f, 90th"
                            + " %.3f, 99th percentile %.3f, most %.3f; %d killed by the kernel, %d"
                            + " ended and queued again, %d pauses; memory x time wasted: mean %.2f"
                            + " %%, 99th percentile %.1f %%%n",
                    what,
                    WORKLOADS,
                    tasks,
                    at(ratios, 0.5),
                    at(ratios, 0.9),
                    at(ratios, 0.99),
                    at(ratios, 1),
                    kills,
                    evictions,
                    pauses,
                    Arrays.stream(wasted).average().orElse(0) * 100,
                    at(wasted, 0.99) * 100);
        }
    }

    @Test
    void rightEstimatesAreWorthAlmostAllThatIsPossible() {
        Report report = right(true);
        report.print("all is known");
        assertThat(at(report.ratios, 0.5)).as("median").isLessThanOrEqualTo(1.15);
        assertThat(at(report.ratios, 0.99)).as("99th percentile").isLessThanOrEqualTo(1.5);
    }

    /** Nobody can know which task to begin with: a long one may be the last. */
    @Test
    void withoutDurationsTheOrderIsThatOfTheQueue() {
        Report report = right(false);
        report.print("memory is known");
        assertThat(at(report.ratios, 0.5)).as("median").isLessThanOrEqualTo(1.3);
        assertThat(at(report.ratios, 0.99)).as("99th percentile").isLessThanOrEqualTo(1.9);
    }

    private static Report right(boolean durations) {
        Report report = new Report();
        for (int seed = 0; seed < WORKLOADS; seed++) {
            Grist grist = Grist.draw(new SplittableRandom(seed), 1);
            Mill.Result result = new Mill(grist, durations, false).grind();
            assertThat(result.mostBytes())
                    .as("memory in use, in workload %d", seed)
                    .isLessThanOrEqualTo(grist.totalBytes() - grist.reserveBytes());
            assertThat(result.evictions()).as("ended, in workload %d", seed).isZero();
            report.add(seed, grist, result);
        }
        // Memory that falls fast is a reason to pause, and once in a while it would have stopped.
        assertThat(report.pauses).as("pauses").isLessThanOrEqualTo(WORKLOADS / 1_000);
        return report;
    }

    @Test
    void wrongEstimatesLoseNothing() {
        Report report = new Report();
        for (int seed = 0; seed < WORKLOADS; seed++) {
            Grist grist = Grist.draw(new SplittableRandom(seed), 2);
            report.add(seed, grist, new Mill(grist, true, true).grind());
        }
        report.print("needs are wrong by up to a factor of two");
        assertThat(report.kills).as("killed by the kernel").isLessThan(report.tasks / 100);
        assertThat(report.pauses).as("pauses, or this shows nothing").isPositive();
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
