/** The shell around the scheduler: one thread, events in, effects out. */
@NullMarked
package dev.simmer.engine;

import org.jspecify.annotations.NullMarked;
