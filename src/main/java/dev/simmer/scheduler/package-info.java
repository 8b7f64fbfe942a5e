/**
 * The pure core: {@code decide(State, Event) -> Decision}. Knows no clock, thread, file, random
 * source or logger.
 */
@NullMarked
package dev.simmer.scheduler;

import org.jspecify.annotations.NullMarked;
