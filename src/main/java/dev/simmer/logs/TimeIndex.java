package dev.simmer.logs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * When the bytes of a log were written: places in the log, and when it was as long as that.
 * Immutable.
 *
 * <p>On disk it is a row of entries of 16 bytes: milliseconds since 1970 and the log's size then,
 * both big-endian. The byte at an offset was written at the latest when the log was first seen
 * longer than that. A log that was cut by its task has a smaller size after a larger one; what was
 * noted before does not count then, since most are cut to nothing.
 */
public final class TimeIndex {
    /** Bytes of an entry on disk. */
    public static final int ENTRY = 16;

    /** Knows nothing. */
    public static final TimeIndex NOTHING = new TimeIndex(new long[0], new long[0], 0);

    private final long[] millis;
    private final long[] sizes;
    private final int count;

    private TimeIndex(long[] millis, long[] sizes, int count) {
        this.millis = millis;
        this.sizes = sizes;
        this.count = count;
    }

    /** Reads entries; a piece of one at the end, or one that makes no sense, is passed over. */
    public static TimeIndex of(ByteBuffer entries) {
        return NOTHING.with(entries);
    }

    /** An index of places that are known already, both in rising order. */
    static TimeIndex of(long[] millis, long[] sizes, int count) {
        return new TimeIndex(Arrays.copyOf(millis, count), Arrays.copyOf(sizes, count), count);
    }

    /** This one and entries that were written after it. */
    public TimeIndex with(ByteBuffer entries) {
        int more = entries.remaining() / ENTRY;
        if (more == 0) {
            return this;
        }
        long[] times = Arrays.copyOf(millis, count + more);
        long[] places = Arrays.copyOf(sizes, count + more);
        int n = count;
        for (int i = 0; i < more; i++) {
            long time = entries.getLong();
            long size = entries.getLong();
            if (time <= 0 || size < 0) {
                continue;
            }
            if (n > 0 && places[n - 1] > size) {
                n = 0;
            } else if (n > 0 && places[n - 1] == size) {
                n--;
            }
            if (size == 0) {
                continue;
            }
            times[n] = n > 0 ? Math.max(times[n - 1], time) : time;
            places[n++] = size;
        }
        return new TimeIndex(times, places, n);
    }

    /** How many places are known. */
    public int count() {
        return count;
    }

    /** Bytes from the start of the log of which something is known. */
    public long end() {
        return count == 0 ? 0 : sizes[count - 1];
    }

    long millis(int entry) {
        return millis[entry];
    }

    long size(int entry) {
        return sizes[entry];
    }

    /** When the byte at an offset was written, in milliseconds since 1970, to within a second. */
    public OptionalLong at(long offset) {
        int low = Arrays.binarySearch(sizes, 0, count, offset + 1);
        int entry = low < 0 ? -low - 1 : low;
        return offset < 0 || entry >= count ? OptionalLong.empty() : OptionalLong.of(millis[entry]);
    }
}
