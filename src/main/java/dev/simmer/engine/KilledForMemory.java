package dev.simmer.engine;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the kernel killed an attempt for want of memory, where there is a doubt about it. */
final class KilledForMemory {
    /** One that has used so much may have been, */
    private static final long LARGE_BYTES = 64L << 20;

    /** and so may one that has used such a part of what is available. */
    private static final long LARGE_SHARE = 20;

    private KilledForMemory() {}

    /**
     * Whether it is to be told so.
     *
     * @param task the attempt's task, where it is known still
     * @param host the newest look at the host
     */
    static boolean is(@Nullable Task task, Ending ending, Optional<HostSample> host) {
        return ending.outOfMemory() && !(ending.doubtful() && isSmall(task, ending, host));
    }

    /** Whether what it has used is nothing that the kernel would choose it for. */
    private static boolean isSmall(@Nullable Task task, Ending ending, Optional<HostSample> host) {
        long seen =
                task != null && task.state() instanceof TaskState.Active active
                        ? active.attempt().peakRssBytes()
                        : 0;
        long available = host.map(HostSample::availableBytes).orElse(Long.MAX_VALUE);
        long large = Math.min(LARGE_BYTES, available / LARGE_SHARE);
        return Math.max(seen, ending.peakBytes()) < large;
    }
}
