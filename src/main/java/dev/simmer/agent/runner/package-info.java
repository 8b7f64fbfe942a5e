/**
 * Coding-agent programs: how each is started without interaction, what it is allowed, and which of
 * them there are. A definition is never handed over as it is: the same file means different things
 * to different programs, so its normal form is compiled into each program's own flags.
 */
@NullMarked
package dev.simmer.agent.runner;

import org.jspecify.annotations.NullMarked;
