package dev.simmer.logs;

/**
 * Long stretches of a file that are known to hold no line break, so that a line of a gigabyte is
 * read over once only. Holds a few; a new one takes the place of the oldest.
 */
final class BareSpans {
    /** Shorter stretches are read again sooner than kept. */
    static final long WORTH_KEEPING = 512 * 1024;

    private final long[] starts = new long[16];
    private final long[] ends = new long[16];
    private int next;

    /** Notes that no line break lies from one offset up to another. */
    void add(long from, long to) {
        if (to - from < WORTH_KEEPING) {
            return;
        }
        for (int i = 0; i < starts.length; i++) {
            if (ends[i] > starts[i] && from <= ends[i] && to >= starts[i]) {
                starts[i] = Math.min(from, starts[i]);
                ends[i] = Math.max(to, ends[i]);
                return;
            }
        }
        starts[next] = from;
        ends[next] = to;
        next = (next + 1) % starts.length;
    }

    /** The lowest offset from which on up to the given one no line break is known to lie. */
    long back(long to) {
        for (int i = 0; i < starts.length; i++) {
            if (to > starts[i] && to <= ends[i]) {
                return starts[i];
            }
        }
        return to;
    }

    /** The highest offset up to which from the given one on no line break is known to lie. */
    long ahead(long from) {
        for (int i = 0; i < starts.length; i++) {
            if (from >= starts[i] && from < ends[i]) {
                return ends[i];
            }
        }
        return from;
    }

    void clear() {
        java.util.Arrays.fill(ends, 0);
        java.util.Arrays.fill(starts, 0);
    }
}
