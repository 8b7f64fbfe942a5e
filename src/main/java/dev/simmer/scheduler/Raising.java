package dev.simmer.scheduler;

import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import java.util.OptionalLong;

/** What is expected of a task after an attempt of it was ended for want of memory. */
final class Raising {
    private Raising() {}

    /**
     * Half as much again as it used, since nobody knows how much it would have used, and more than
     * was expected before.
     *
     * @param usedBytes the most that the attempt used
     */
    static MemoryEstimate after(MemoryEstimate before, long usedBytes) {
        long raised = Math.max(before.bytes(), usedBytes) / 2 * 3;
        return new MemoryEstimate(
                raised,
                MemorySource.RAISED,
                before.evidence(),
                before.kind(),
                OptionalLong.of(usedBytes));
    }
}
