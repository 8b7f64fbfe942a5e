/** Tests of agents with real processes and programs that stand in for agents. */
@NullMarked
package dev.simmer.agent;

import org.jspecify.annotations.NullMarked;
