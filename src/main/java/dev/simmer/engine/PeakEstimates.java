package dev.simmer.engine;

import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemoryEstimate.Evidence;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a task will need at its peak, by what its earlier attempts needed.
 *
 * <p>The figure is the 95th percentile of their peaks, where the newest attempt weighs 1 and each
 * one before it {@value #WEIGHT} of the one after: so a task that has grown is known to have grown
 * after one run, and one high peak counts for the seven runs that follow and then no more. On top
 * comes a margin of 3 % and 7 % / sqrt(runs), which is what the figure of a single run may be off.
 *
 * <p>Not every peak is what a task needs. One of an attempt that was ended for want of memory is
 * less, and counts half as much again. One of an attempt that somebody stopped, that ran out of
 * time or was lost is less too, but nobody knows by how much: it counts only where it is larger
 * than all the others, and where there are none, larger than the guess. So does that of a failure
 * that took less than half as long as a success mostly does. All this is about tasks that end by
 * themselves; a service is stopped sooner or later, and all of its peaks count.
 */
final class PeakEstimates {
    private static final double WEIGHT = 0.85;
    private static final double PERCENTILE = 0.95;
    private static final double LEAST_MARGIN = 3;
    private static final double FIRST_MARGIN = 7;

    private final List<StoredPeak> peaks;
    private final boolean endsByItself;

    /**
     * @param peaks of earlier attempts, newest first
     * @param endsByItself whether the task is a job
     */
    PeakEstimates(List<StoredPeak> peaks, boolean endsByItself) {
        this.peaks = List.copyOf(peaks);
        this.endsByItself = endsByItself;
    }

    /**
     * What is to be expected.
     *
     * @param otherwise what is declared, or else guessed
     */
    MemoryEstimate estimate(MemoryEstimate otherwise) {
        Optional<Evidence> evidence = evidence(otherwise);
        if (otherwise.source() == MemorySource.DECLARED) {
            return otherwise.with(evidence);
        }
        long bytes = evidence.map(Evidence::bytes).orElse(otherwise.bytes());
        if (!peaks.isEmpty() && peaks.getFirst().forMemory()) {
            long endedAt = peaks.getFirst().peakBytes();
            return new MemoryEstimate(
                    Math.max(bytes, grown(endedAt)),
                    MemorySource.RAISED,
                    evidence,
                    "",
                    OptionalLong.of(endedAt));
        }
        return evidence.isEmpty()
                ? otherwise
                : new MemoryEstimate(
                        bytes, MemorySource.LEARNED, evidence, "", OptionalLong.empty());
    }

    /** A peak that counts. */
    private record Counted(long bytes, long seenBytes, double weight) {}

    /**
     * What the attempts show; empty where they show nothing.
     *
     * @param otherwise what is expected without them
     */
    Optional<Evidence> evidence(MemoryEstimate otherwise) {
        List<Counted> counted = counted(otherwise);
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        int runs = counted.size();
        long percentile = percentile(counted);
        long largest = counted.stream().mapToLong(Counted::seenBytes).max().orElse(0);
        int margin = (int) Math.round(LEAST_MARGIN + FIRST_MARGIN / Math.sqrt(runs));
        long bytes = percentile + Math.round(percentile * (margin / 100.0));
        return Optional.of(new Evidence(runs, percentile, largest, margin, bytes));
    }

    private List<Counted> counted(MemoryEstimate otherwise) {
        long whole = -1;
        for (StoredPeak each : peaks) {
            if (each.peakBytes() > 0 && isWhole(each)) {
                whole = Math.max(whole, counts(each));
            }
        }
        long least = whole >= 0 ? whole : guess(otherwise);
        List<Counted> counted = new ArrayList<>();
        for (StoredPeak each : peaks) {
            if (each.peakBytes() > 0 && (isWhole(each) || each.peakBytes() > least)) {
                double weight = Math.pow(WEIGHT, counted.size());
                counted.add(new Counted(counts(each), each.peakBytes(), weight));
            }
        }
        return counted;
    }

    /** A declared figure says nothing of what an attempt that was stopped would have used. */
    private static long guess(MemoryEstimate otherwise) {
        return otherwise.source() == MemorySource.GUESSED ? otherwise.bytes() : 0;
    }

    private static long counts(StoredPeak peak) {
        return peak.forMemory() ? grown(peak.peakBytes()) : peak.peakBytes();
    }

    /** Half as much again. */
    private static long grown(long bytes) {
        return bytes + bytes / 2;
    }

    /** Whether an attempt has shown, or the rule for those ended for memory says, what it needs. */
    private boolean isWhole(StoredPeak peak) {
        if (peak.forMemory() || !endsByItself) {
            return true;
        }
        return switch (peak.phase()) {
            case SUCCEEDED -> true;
            case FAILED -> {
                OptionalLong usual = usualMillis();
                yield usual.isEmpty() || peak.durationMillis() >= usual.getAsLong() / 2;
            }
            case KILLED,
                    TIMED_OUT,
                    LOST,
                    SKIPPED,
                    WAITING,
                    STARTING,
                    RUNNING,
                    READY,
                    PAUSED,
                    STOPPING,
                    BACKOFF ->
                    false;
        };
    }

    /** The smallest peak that at least 95 % of the weight is not above. */
    private static long percentile(List<Counted> counted) {
        List<Counted> sorted = new ArrayList<>(counted);
        sorted.sort(Comparator.comparingLong(Counted::bytes));
        double all = sorted.stream().mapToDouble(Counted::weight).sum();
        double below = 0;
        for (Counted each : sorted) {
            below += each.weight();
            if (below >= PERCENTILE * all) {
                return each.bytes();
            }
        }
        return sorted.getLast().bytes();
    }

    /** How long an attempt that succeeds takes: the median; empty where none has. */
    OptionalLong usualMillis() {
        if (!endsByItself) {
            return OptionalLong.empty();
        }
        List<Long> sorted =
                peaks.stream()
                        .filter(each -> each.phase() == Phase.SUCCEEDED)
                        .map(StoredPeak::durationMillis)
                        .sorted()
                        .toList();
        int size = sorted.size();
        if (size == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2);
    }
}
