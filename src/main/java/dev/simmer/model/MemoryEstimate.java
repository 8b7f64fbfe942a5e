package dev.simmer.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a task's process tree is expected to need at its peak.
 *
 * @param bytes resident memory, not negative
 * @param source where the figure comes from
 * @param evidence what earlier attempts of the task have shown, whether or not the figure comes
 *     from it
 * @param kind for a guess the kind of command, such as "type check"; else empty
 * @param endedAt for a raised figure what the attempt used that was ended for want of memory
 */
public record MemoryEstimate(
        long bytes,
        MemorySource source,
        Optional<Evidence> evidence,
        String kind,
        OptionalLong endedAt) {
    /** How many runs must be known before what is declared is called wrong. */
    private static final int RUNS_FOR_ADVICE = 3;

    private static final long GIB = 1L << 30;

    public MemoryEstimate {
        if (bytes < 0) {
            throw new IllegalArgumentException("expected memory is not negative: " + bytes);
        }
    }

    /** An estimate of which no more is known. */
    public MemoryEstimate(long bytes, MemorySource source) {
        this(bytes, source, Optional.empty(), "", OptionalLong.empty());
    }

    /** The same with what earlier attempts have shown. */
    public MemoryEstimate with(Optional<Evidence> other) {
        return new MemoryEstimate(bytes, source, other, kind, endedAt);
    }

    /** The figure and where it comes from, in words with figures. */
    public String words() {
        return ByteSize.format(bytes)
                + switch (source) {
                    case DECLARED ->
                            ", declared; "
                                    + evidence.map(Evidence::suggestion)
                                            .orElse("nothing is known of earlier runs");
                    case LEARNED -> ", learned" + evidence.map(Evidence::words).orElse("");
                    case GUESSED ->
                            kind.isEmpty()
                                    ? ", guessed: nothing is known of earlier runs, nor of what"
                                            + " such a command needs"
                                    : ", guessed: nothing is known of earlier runs, and the command"
                                            + " looks like a "
                                            + kind;
                    case RAISED ->
                            ", raised"
                                    + (endedAt.isPresent()
                                            ? ": the last attempt was ended for want of memory at "
                                                    + ByteSize.format(endedAt.getAsLong())
                                                    + ", so at least half as much again is expected"
                                            : "")
                                    + evidence.map(each -> "; " + each.suggestion()).orElse("");
                };
    }

    /**
     * What is wrong with a declared figure, in a sentence: more than twice what earlier attempts
     * show, or less than 0.7 times that. Empty for any other figure, and where fewer than {@value
     * #RUNS_FOR_ADVICE} are known: a single one may have been cut short, or had nothing to do.
     */
    public Optional<String> farOff() {
        if (source != MemorySource.DECLARED
                || evidence.isEmpty()
                || evidence.get().bytes() <= 0
                || evidence.get().runs() < RUNS_FOR_ADVICE) {
            return Optional.empty();
        }
        long needed = evidence.get().bytes();
        double times = (double) bytes / needed;
        long advised = advised(needed);
        if (times >= 0.7 && (times <= 2 || advised >= bytes)) {
            return Optional.empty();
        }
        String advice =
                ": write `memory: "
                        + ByteSize.compact(advised)
                        + "`, or leave it out to be learned";
        return Optional.of(
                times > 2
                        ? "it declares "
                                + ByteSize.format(bytes)
                                + ", more than twice what its runs need"
                                + advice
                        : "it declares "
                                + ByteSize.format(bytes)
                                + ", and its runs need "
                                + ByteSize.format(needed)
                                + advice);
    }

    /** Rounded up to what people write: sixteenths of a GiB at most, tenths above it. */
    private static long advised(long bytes) {
        if (bytes <= GIB) {
            long step = bytes <= GIB / 4 ? GIB / 64 : GIB / 16;
            return (bytes + step - 1) / step * step;
        }
        return bytes > 100 * GIB
                ? Math.ceilDiv(bytes, GIB) * GIB
                : Math.ceilDiv(Math.ceilDiv(bytes * 10, GIB) * GIB, 10);
    }

    /**
     * What earlier attempts have shown.
     *
     * @param runs how many of them count, at least 1
     * @param percentileBytes the 95th percentile of their peaks, the recent ones weighing more
     * @param largestBytes the largest of their peaks
     * @param marginPercent what is added for safety, less the more runs there are
     * @param bytes what is expected by them: the percentile with the margin
     */
    public record Evidence(
            int runs, long percentileBytes, long largestBytes, int marginPercent, long bytes) {
        private String words() {
            return " from "
                    + count()
                    + ": the 95th percentile of the peaks, "
                    + ByteSize.format(percentileBytes)
                    + " (recent ones weigh more; the largest was "
                    + ByteSize.format(largestBytes)
                    + "), and "
                    + marginPercent
                    + " % for safety";
        }

        private String suggestion() {
            return count()
                    + (runs == 1 ? " suggests " : " suggest ")
                    + ByteSize.format(bytes)
                    + " (the largest peak was "
                    + ByteSize.format(largestBytes)
                    + ")";
        }

        private String count() {
            return runs == 1 ? "1 earlier run" : runs + " earlier runs";
        }
    }
}
