/** The scheduler's tests: its rules one by one, and a simulated world that it must live with. */
@NullMarked
package dev.simmer.scheduler;

import org.jspecify.annotations.NullMarked;
