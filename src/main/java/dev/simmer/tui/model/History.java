package dev.simmer.tui.model;

import dev.simmer.model.HostView;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What the host and the running tasks have used lately, as the snapshots told it. Immutable.
 *
 * <p>It is kept by moments and not by tasks: a moment holds the figures of all tasks that ran then,
 * in the order of their ids, and is never changed. Noting a snapshot makes one moment more and
 * copies only the references to the others; a task's own line is picked out when it is drawn.
 */
public final class History {
    /** Moments that are kept; at one a second, five minutes. */
    static final int KEPT = 300;

    /** Milliseconds between two moments at least; a little less than an engine's own second. */
    static final long STEP_MILLIS = 900;

    /** Stands for "not known" in what is answered. */
    public static final float NONE = -1;

    /** Nothing has been noted. */
    public static final History EMPTY = new History(new Moment[0]);

    /** The moments, oldest first. */
    private final Moment[] moments;

    private History(Moment[] moments) {
        this.moments = moments;
    }

    /** One moment's figures; the arrays are of one length and never written to again. */
    private static final class Moment {
        private final long at;
        private final float hostMemory;
        private final float hostCpu;
        private final long[] ids;
        private final float[] rss;
        private final float[] cpu;

        private Moment(long at, HostView host, long[] ids, float[] rss, float[] cpu) {
            this.at = at;
            this.hostMemory =
                    host.known() ? (float) host.usedBytes() / Math.max(1, host.totalBytes()) : NONE;
            this.hostCpu = host.known() ? (float) host.cpu() : NONE;
            this.ids = ids;
            this.rss = rss;
            this.cpu = cpu;
        }
    }

    /** What a line shows. */
    private enum What {
        HOST_MEMORY,
        HOST_CPU,
        MEMORY,
        CPU
    }

    /** Notes a snapshot; this very history where the newest moment is not a second old. */
    public History with(Snapshot snapshot) {
        long at = snapshot.at().toEpochMilli();
        if (snapshot.at().equals(Instant.EPOCH)) {
            return this;
        }
        if (moments.length > 0) {
            long since = at - moments[moments.length - 1].at;
            if (since >= 0 && since < STEP_MILLIS) {
                return this;
            }
            if (since < 0) {
                // The clock was set back: what is noted lies in a future that nobody draws.
                return new History(new Moment[] {moment(snapshot, at, new long[0])});
            }
        }
        int kept = Math.min(moments.length, KEPT - 1);
        Moment[] next = new Moment[kept + 1];
        System.arraycopy(moments, moments.length - kept, next, 0, kept);
        next[kept] = moment(snapshot, at, kept == 0 ? new long[0] : next[kept - 1].ids);
        return new History(next);
    }

    private static Moment moment(Snapshot snapshot, long at, long[] before) {
        int count = 0;
        for (TaskView task : snapshot.tasks()) {
            count += task.phase().active() ? 1 : 0;
        }
        long[] ids = new long[count];
        float[] rss = new float[count];
        float[] cpu = new float[count];
        int i = 0;
        for (TaskView task : snapshot.tasks()) {
            if (task.phase().active()) {
                ids[i] = task.id().value();
                rss[i] = task.rssBytes();
                cpu[i++] = (float) task.cpu();
            }
        }
        boolean same = Arrays.equals(ids, before);
        return new Moment(at, snapshot.host(), same ? before : ids, rss, cpu);
    }

    /** How many moments are known. */
    public int size() {
        return moments.length;
    }

    /**
     * The share of the host's memory that was used, 0 to 1.
     *
     * @param samples how many, oldest first; {@link #NONE} where nothing is known
     * @param span which they cover, up to the newest snapshot
     */
    public float[] hostMemory(int samples, Duration span) {
        return line(What.HOST_MEMORY, 0, samples, span);
    }

    /** The same of the share of all processors that was in use, 0 to 1. */
    public float[] hostCpu(int samples, Duration span) {
        return line(What.HOST_CPU, 0, samples, span);
    }

    /**
     * The resident memory of a task's process tree, in bytes, the most of each sample's time.
     *
     * @param samples how many, oldest first; {@link #NONE} where the task did not run
     * @param span which they cover, up to the newest snapshot
     */
    public float[] memory(TaskId task, int samples, Duration span) {
        return line(What.MEMORY, task.value(), samples, span);
    }

    /** The same of the share of one core that it used; 1 is a whole core. */
    public float[] cpu(TaskId task, int samples, Duration span) {
        return line(What.CPU, task.value(), samples, span);
    }

    /**
     * The borders between samples lie at multiples of a sample's length, and not at fractions of
     * the span before now: else every line would change its shape with every snapshot.
     */
    @SuppressWarnings("ReferenceEquality") // the same array needs no new search
    private float[] line(What what, long task, int samples, Duration span) {
        float[] line = new float[samples];
        Arrays.fill(line, NONE);
        if (moments.length == 0 || samples == 0) {
            return line;
        }
        long step = Math.max(1, span.toMillis() / samples);
        long last = moments[moments.length - 1].at / step;
        int index = -1;
        long[] ids = new long[0];
        // From the newest back: each holds until the next one came.
        int filled = samples;
        for (int i = moments.length - 1; i >= 0; i--) {
            Moment moment = moments[i];
            if (isTask(what) && moment.ids != ids) {
                ids = moment.ids;
                index = Arrays.binarySearch(ids, task);
            }
            float value = value(moment, what, index);
            long at = samples - 1 - (last - moment.at / step);
            int first = (int) Math.max(0, at);
            if (at >= filled) {
                line[first] = Math.max(line[first], value);
            } else {
                Arrays.fill(line, first, filled, value);
                filled = first;
            }
            if (at < 0) {
                break;
            }
        }
        return line;
    }

    private static boolean isTask(What what) {
        return what == What.MEMORY || what == What.CPU;
    }

    private static float value(Moment moment, What what, int index) {
        return switch (what) {
            case HOST_MEMORY -> moment.hostMemory;
            case HOST_CPU -> moment.hostCpu;
            case MEMORY -> index < 0 ? NONE : moment.rss[index];
            case CPU -> index < 0 ? NONE : moment.cpu[index];
        };
    }
}
