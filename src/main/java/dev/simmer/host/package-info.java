/**
 * What the machine has: host memory, cgroup limits, load, and what each task's process tree uses.
 */
@NullMarked
package dev.simmer.host;

import org.jspecify.annotations.NullMarked;
