package dev.simmer.host;

import dev.simmer.model.Stall;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What waits for a resource, by the kernel's pressure stall information: the host's and that of
 * every control group of version 2 that this process is in; the worst of them counts. A kernel
 * without it, or a group for which it is off, has none. Not for use by two threads at once.
 *
 * <p>The kernel's average over ten seconds is slow to rise and slower to fall. So the total time
 * that something has waited is compared with what it was {@value #WINDOW_MILLIS} ms ago or more.
 */
final class PressureStalls {
    /** Totals grow when a wait ends, so that shorter times say too little. */
    private static final long WINDOW_MILLIS = 1_000;

    private static final String SOME = "some ";

    private final ControlGroups groups;
    private final LongSupplier nanos;

    /** Earlier readings by file, oldest first: one that is old enough, and all after it. */
    private final Map<Path, Deque<Reading>> before = new HashMap<>();

    private record Reading(long nanos, double avg10, long totalMicros) {}

    /**
     * @param groups also says where /proc is
     * @param nanos a monotonic clock
     */
    PressureStalls(ControlGroups groups, LongSupplier nanos) {
        this.groups = groups;
        this.nanos = nanos;
    }

    /** What waits for memory. */
    Stall memory() {
        return worst("memory");
    }

    /** What waits for input and output. */
    Stall io() {
        return worst("io");
    }

    private Stall worst(String resource) {
        Set<Path> files = new HashSet<>();
        files.add(groups.root().resolve("proc/pressure").resolve(resource));
        for (ControlGroups.Level level : groups.levels()) {
            if (level.second()) {
                files.add(level.folder().resolve(resource + ".pressure"));
            }
        }
        before.keySet()
                .removeIf(file ->
                        String.valueOf(file.getFileName()).startsWith(resource)
                                && !files.contains(file));
        double avg10 = 0;
        double recent = 0;
        for (Path file : files) {
            Optional<Reading> reading = read(file);
            if (reading.isPresent()) {
                avg10 = Math.max(avg10, reading.get().avg10());
                recent = Math.max(recent, recent(file, reading.get()));
            } else {
                before.remove(file);
            }
        }
        return new Stall(avg10, recent);
    }

    /** The share of time since a while ago; of the first look the kernel's average. */
    private double recent(Path file, Reading now) {
        Deque<Reading> earlier = before.computeIfAbsent(file, _ -> new ArrayDeque<>());
        earlier.addLast(now);
        while (earlier.size() > 1 && old(second(earlier), now)) {
            earlier.removeFirst();
        }
        Reading first = earlier.getFirst();
        if (!old(first, now)) {
            return first.avg10();
        }
        double micros = (now.nanos() - first.nanos()) / 1_000.0;
        return Math.clamp((now.totalMicros() - first.totalMicros()) / micros, 0, 1);
    }

    private static Reading second(Deque<Reading> readings) {
        var each = readings.iterator();
        each.next();
        return each.next();
    }

    private static boolean old(Reading reading, Reading now) {
        return now.nanos() - reading.nanos() >= TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS);
    }

    /** {@code some avg10=1.53 avg60=0.40 avg300=0.08 total=2691494}. */
    private Optional<Reading> read(Path file) {
        List<String> lines = ProcText.lines(file);
        for (String line : lines) {
            if (!line.startsWith(SOME)) {
                continue;
            }
            double avg10 = 0;
            long total = -1;
            for (String part : line.substring(SOME.length()).split(" ", -1)) {
                if (part.startsWith("avg10=")) {
                    avg10 = percent(part.substring("avg10=".length()));
                } else if (part.startsWith("total=")) {
                    total = ProcText.number(part.substring("total=".length())).orElse(-1);
                }
            }
            return total < 0
                    ? Optional.empty()
                    : Optional.of(new Reading(nanos.getAsLong(), avg10, total));
        }
        return Optional.empty();
    }

    private static double percent(String text) {
        try {
            double value = Double.parseDouble(text) / 100;
            return value >= 0 ? Math.min(1, value) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
