package dev.simmer.model;

import java.util.OptionalDouble;

/**
 * What a workspace allows at once.
 *
 * @param heavy heavy tasks at once, at least 1
 * @param parallel all tasks at once; 0: no limit
 * @param reserve host memory that is never promised to a task
 * @param heavyFromBytes a task that expects at least this much memory is heavy
 * @param load no heavy task starts while the load average of the last minute is at least this
 */
public record Limits(
        int heavy, int parallel, Reserve reserve, long heavyFromBytes, OptionalDouble load) {
    /** Three heavy tasks, no other limit, a tenth of the host's memory kept free. */
    public static final Limits DEFAULT = new Limits(3, 0, new Reserve.Share(0.10), 1L << 30);

    /** Limits that do not look at the load. */
    public Limits(int heavy, int parallel, Reserve reserve, long heavyFromBytes) {
        this(heavy, parallel, reserve, heavyFromBytes, OptionalDouble.empty());
    }

    public Limits {
        if (heavy < 1) {
            throw new IllegalArgumentException("limits.heavy is at least 1, not " + heavy);
        }
        if (parallel < 0) {
            throw new IllegalArgumentException("limits.parallel is not negative: " + parallel);
        }
        if (heavyFromBytes < 1) {
            throw new IllegalArgumentException("limits.heavy_from is larger than zero");
        }
        if (load.isPresent() && !(load.getAsDouble() > 0)) {
            throw new IllegalArgumentException("limits.load is larger than zero");
        }
    }

    /** Memory that is never promised. */
    public sealed interface Reserve {
        /** The reserve in bytes on a host with this much memory. */
        long bytes(long totalBytes);

        /** A fixed size. */
        record Size(long size) implements Reserve {
            @Override
            public long bytes(long totalBytes) {
                return size;
            }
        }

        /**
         * A share of the host's memory.
         *
         * @param share from 0 to 1
         */
        record Share(double share) implements Reserve {
            public Share {
                if (!(share >= 0 && share <= 1)) {
                    throw new IllegalArgumentException("a share lies in 0 to 1, not " + share);
                }
            }

            @Override
            public long bytes(long totalBytes) {
                return (long) (totalBytes * share);
            }
        }
    }
}
