package dev.simmer.scheduler;

import java.util.OptionalLong;

/**
 * What the kernel remembers of the memory of an attempt that has ended.
 *
 * @param peakBytes the most that one of its processes, or its control group, had resident; 0 where
 *     the kernel does not tell
 * @param outOfMemory whether the kernel killed a process of it for want of memory
 * @param limitBytes the hard limit of its own control group, where it had one
 */
public record KernelMemory(long peakBytes, boolean outOfMemory, OptionalLong limitBytes) {
    /** Nothing. */
    public static final KernelMemory NONE = new KernelMemory(0, false, OptionalLong.empty());
}
