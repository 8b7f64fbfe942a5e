/** Tests of agents as tasks. */
@NullMarked
package dev.simmer.agent;

import org.jspecify.annotations.NullMarked;
