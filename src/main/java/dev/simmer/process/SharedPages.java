package dev.simmer.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Finds out how much of what a tree's processes have resident is the same memory, by the
 * proportional set size (PSS, proc_pid_smaps(5)). Reading it costs time in proportion to what is
 * resident, so it is done only where it matters: for trees of several processes with {@value
 * #LARGE_BYTES} bytes and more, of which the {@value #MOST} largest processes are read, at most
 * every five seconds a tree unless it has got more processes, and for all trees together no longer
 * than 0.3 % of the time. The tree that was read longest ago comes first.
 *
 * <p>The error: until the next reading, pages that have come to be shared since are counted for
 * each process, and pages that have ceased to be (a copy on write) are counted once, unless they
 * became resident anew. Trees too small to be read are counted too high by at most what they have
 * resident. Where a tree's processes share different pages with processes of no tree, too much is
 * taken off: at most what all but one of them have in common with anybody.
 */
final class SharedPages {
    private static final long LARGE_BYTES = 128L << 20;
    private static final int MOST = 16;
    private static final long APART_NANOS = 5_000_000_000L;
    private static final double SHARE = 0.003;

    /** What is saved up for the next readings at most. */
    private static final double MOST_SAVED_NANOS = SHARE * APART_NANOS;

    private final LongSupplier nanoTime;
    private final Map<TreeUse, Reading> readings = new HashMap<>();
    private double savedNanos = MOST_SAVED_NANOS;
    private long lookedNanos;
    private boolean looked;

    private record Reading(long nanos, int living) {}

    SharedPages(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Looks at the trees that it is time for. */
    void look(Collection<TreeUse> trees, Procfs procfs) {
        long now = nanoTime.getAsLong();
        if (looked) {
            savedNanos = Math.min(MOST_SAVED_NANOS, savedNanos + SHARE * (now - lookedNanos));
        }
        looked = true;
        lookedNanos = now;
        readings.keySet().retainAll(trees);
        List<TreeUse> due = new ArrayList<>();
        for (TreeUse tree : trees) {
            Reading read = readings.get(tree);
            boolean large = tree.living() > 1 && tree.residentBytes() >= LARGE_BYTES;
            if (large
                    && (read == null
                            || tree.living() > read.living()
                            || now - read.nanos() >= APART_NANOS)) {
                due.add(tree);
            }
        }
        due.sort(Comparator.comparingLong(this::lastRead));
        for (TreeUse tree : due) {
            if (savedNanos <= 0) {
                return;
            }
            long begun = nanoTime.getAsLong();
            tree.shareNothing();
            for (int pid : tree.largest(MOST)) {
                if (procfs.shares(pid)) {
                    tree.share(pid, procfs);
                }
            }
            readings.put(tree, new Reading(now, tree.living()));
            savedNanos -= nanoTime.getAsLong() - begun;
        }
    }

    private long lastRead(TreeUse tree) {
        Reading read = readings.get(tree);
        return read == null ? Long.MIN_VALUE : read.nanos();
    }
}
