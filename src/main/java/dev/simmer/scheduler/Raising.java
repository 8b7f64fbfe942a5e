package dev.simmer.scheduler;

import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import java.util.OptionalLong;

/** What is expected of a task after an attempt of it was ended for want of memory. */
final class Raising {
    private Raising() {}

    /** What is expected of a task whose attempt ends: more, where it ended for want of memory. */
    static MemoryEstimate after(Task task, Attempt attempt, Outcome outcome) {
        return outcome instanceof Outcome.OutOfMemory || outcome instanceof Outcome.Evicted
                ? after(task.expected(), attempt.peakRssBytes())
                : task.expected();
    }

    /**
     * What is expected of a task of which more is known now. A raised figure stands until an
     * attempt has ended by itself: peaks of attempts that were cut short say too little.
     */
    static MemoryEstimate standing(Task task, MemoryEstimate known) {
        MemoryEstimate before = task.expected();
        return before.source() == MemorySource.RAISED
                        && known.bytes() < before.bytes()
                        && (cutShort(task) || outgrown(task, known.bytes()))
                ? before.with(known.evidence())
                : known;
    }

    /** Whether no attempt has ended by itself since one was ended for want of memory. */
    private static boolean cutShort(Task task) {
        for (int i = task.history().size() - 1; i >= 0; i--) {
            switch (task.history().get(i).outcome()) {
                case Outcome.Evicted _, Outcome.OutOfMemory _ -> {
                    return true;
                }
                case Outcome.Succeeded _,
                        Outcome.ExitedWith _,
                        Outcome.AgentEnded _,
                        Outcome.DiedOf _ -> {
                    return false;
                }
                case Outcome.NotStarted _,
                        Outcome.NotReady _,
                        Outcome.TimedOut _,
                        Outcome.LogFull _,
                        Outcome.Stopped _,
                        Outcome.Skipped _,
                        Outcome.Lost _ -> {}
            }
        }
        return false;
    }

    /** How many attempts in a row, the newest among them, were ended to free memory. */
    static int evictions(Task task) {
        int count = 0;
        for (int i = task.history().size() - 1; i >= 0; i--) {
            if (!(task.history().get(i).outcome() instanceof Outcome.Evicted)) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Whether its newest attempt was ended to free memory and nobody has started it since. */
    static boolean waitsAgain(Task task) {
        return task.started() && evictions(task) > 0;
    }

    /**
     * Half as much again as it used, since nobody knows how much it would have used, and no less
     * than was expected before or than earlier attempts suggest.
     *
     * @param usedBytes the most that the attempt used
     */
    static MemoryEstimate after(MemoryEstimate before, long usedBytes) {
        return raised(before, usedBytes, OptionalLong.of(usedBytes));
    }

    private static MemoryEstimate raised(
            MemoryEstimate before, long usedBytes, OptionalLong endedAt) {
        long known = before.evidence().map(MemoryEstimate.Evidence::bytes).orElse(0L);
        long raised = Math.max(Math.max(before.bytes(), known), usedBytes / 2 * 3);
        return new MemoryEstimate(
                raised, MemorySource.RAISED, before.evidence(), before.kind(), endedAt);
    }

    /** Whether a task that runs uses more than a tenth more than a figure. */
    static boolean outgrown(Task task, long bytes) {
        return task.usedBytes() > bytes + bytes / 10;
    }

    /** What is expected of a task that has outgrown its figure and still runs. */
    static MemoryEstimate outgrowing(Task task) {
        return raised(task.expected(), task.usedBytes(), task.expected().endedAt());
    }
}
