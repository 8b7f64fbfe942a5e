package dev.simmer.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds and counts line feeds eight bytes at a time. */
final class Newlines {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SEVENS = ~HIGHS;
    private static final long FEEDS = '\n' * ONES;

    private Newlines() {}

    /**
     * The high bit of each byte that is a line feed, exactly: no carry passes from one byte to the
     * next (Warren, Hacker's Delight, 6-1).
     */
    private static long marks(byte[] bytes, int at) {
        long word = (long) LONGS.get(bytes, at) ^ FEEDS;
        return ~(((word & SEVENS) + SEVENS) | word | SEVENS);
    }

    /** How many line feeds lie in a range. */
    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        int i = from;
        for (; i <= to - 8; i += 8) {
            count += Long.bitCount(marks(bytes, i));
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                count++;
            }
        }
        return count;
    }

    /** Index of the first line feed in a range, -1 where there is none. */
    static int first(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - 8; i += 8) {
            long marks = marks(bytes, i);
            if (marks != 0) {
                return i + Long.numberOfTrailingZeros(marks) / 8;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Index of the last line feed in a range, -1 where there is none. */
    static int last(byte[] bytes, int from, int to) {
        int i = to;
        for (; i >= from + 8; i -= 8) {
            long marks = marks(bytes, i - 8);
            if (marks != 0) {
                return i - 1 - Long.numberOfLeadingZeros(marks) / 8;
            }
        }
        while (i > from) {
            if (bytes[--i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /**
     * Index of the line feed that has a number of others before it in a range.
     *
     * @param skip how many to pass over
     * @return -1 where there are not enough
     */
    static int nth(byte[] bytes, int from, int to, long skip) {
        long left = skip;
        int i = from;
        for (; i <= to - 8; i += 8) {
            int here = Long.bitCount(marks(bytes, i));
            if (here > left) {
                break;
            }
            left -= here;
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n' && left-- == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the first byte in a range that is not NUL; the range's end where there is none. */
    static int firstData(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - 8 && (long) LONGS.get(bytes, i) == 0) {
            i += 8;
        }
        while (i < to && bytes[i] == 0) {
            i++;
        }
        return i;
    }
}
