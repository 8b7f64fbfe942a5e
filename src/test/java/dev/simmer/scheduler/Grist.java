package dev.simmer.scheduler;

import dev.simmer.model.Backoff;
import dev.simmer.model.Command;
import dev.simmer.model.Need;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A workload for a {@link Mill}, drawn at random.
 *
 * <p>A host of 4 to 64 GiB, of which a tenth is reserve and up to a fifth used by other programs;
 * capacity is the rest. 16 to 200 tasks, each number of tasks within that range as likely as any
 * other by its logarithm, all submitted at once. A task runs for 1 to 60 s and needs 1 % to 40 % of
 * the capacity at its peak, both by their logarithm too: many short and small ones, few long and
 * big ones, one having nothing to do with the other. Its memory climbs evenly to the peak during 5
 * % to 95 % of its run; every third falls to half of that afterwards. In every second workload each
 * task needs, with a chance of 10 % to 60 %, one or two of the twenty before it to have succeeded.
 *
 * @param totalBytes the host's memory
 * @param reserveBytes what is never promised
 * @param othersBytes what other programs use
 * @param grains the tasks
 */
record Grist(long totalBytes, long reserveBytes, long othersBytes, List<Grain> grains) {
    private static final WorkspaceId PLACE = new WorkspaceId(Path.of("/mill"));
    private static final RetryPolicy RETRY =
            new RetryPolicy(
                    20,
                    new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
                    new TreeSet<>(),
                    Optional.empty());

    /**
     * A task.
     *
     * @param before the places of those in the list that it needs
     * @param millis how long it runs
     * @param expectedBytes what it is expected to use at its peak
     * @param peakBytes what it uses at its peak
     * @param climbMillis when it gets there
     * @param falls whether it frees half of it then
     */
    record Grain(
            TaskSpec spec,
            List<Integer> before,
            long millis,
            long expectedBytes,
            long peakBytes,
            long climbMillis,
            boolean falls) {
        long usedAfter(long age) {
            return age < climbMillis
                    ? (long) ((double) peakBytes * age / climbMillis)
                    : falls && age > climbMillis ? peakBytes / 2 : peakBytes;
        }

        /** Memory x time up to an age, in byte milliseconds. */
        double area(long age) {
            double climbed = (double) peakBytes / climbMillis;
            long climbs = Math.min(age, climbMillis);
            return climbed * climbs * climbs / 2
                    + Math.max(0, age - climbMillis) * (double) peakBytes / (falls ? 2 : 1);
        }
    }

    /**
     * @param wrong by which factor, up or down, a need may differ from what is expected; 1: by none
     */
    static Grist draw(SplittableRandom random, double wrong) {
        long total = (long) (logarithmic(random, 4, 64) * Workload.GIB);
        long reserve = total / 10;
        long others = (long) (total * random.nextDouble() / 5);
        long capacity = total - reserve - others;
        int count = (int) logarithmic(random, 16, 200);
        boolean chained = random.nextBoolean();
        double needy = 0.1 + 0.5 * random.nextDouble();
        List<Grain> grains = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long expected = (long) (capacity * logarithmic(random, 0.01, 0.4));
            double factor = Math.pow(wrong, 2 * random.nextDouble() - 1);
            long millis = (long) logarithmic(random, 1_000, 60_000);
            long climb = Math.max(1, (long) (millis * (0.05 + 0.9 * random.nextDouble())));
            TaskSpec.Builder spec =
                    TaskSpec.named("g" + i, PLACE, new Command.Shell("grind"))
                            .memory(expected)
                            .retry(RETRY);
            TreeSet<Integer> before = new TreeSet<>();
            if (chained && i > 0 && random.nextDouble() < needy) {
                int needs = 1 + random.nextInt(2);
                for (int n = 0; n < needs; n++) {
                    before.add(i - 1 - random.nextInt(Math.min(i, 20)));
                }
                before.forEach(other -> spec.need("g" + other, Need.Condition.SUCCEEDED));
            }
            grains.add(
                    new Grain(
                            spec.build(),
                            List.copyOf(before),
                            millis,
                            expected,
                            (long) (expected * factor),
                            climb,
                            random.nextInt(3) == 0));
        }
        return new Grist(total, reserve, others, List.copyOf(grains));
    }

    private static double logarithmic(SplittableRandom random, double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }

    long capacityBytes() {
        return totalBytes - reserveBytes - othersBytes;
    }

    /**
     * No scheduler that promises each task its peak can be faster: the larger of all promised
     * memory x time over the capacity, and the longest chain.
     */
    double leastMillis() {
        double area = 0;
        double[] ends = new double[grains.size()];
        double longest = 0;
        for (int i = 0; i < ends.length; i++) {
            Grain grain = grains.get(i);
            area += (double) grain.expectedBytes() * grain.millis();
            double starts = 0;
            for (int other : grain.before()) {
                starts = Math.max(starts, ends[other]);
            }
            ends[i] = starts + grain.millis();
            longest = Math.max(longest, ends[i]);
        }
        return Math.max(area / capacityBytes(), longest);
    }
}
