/** Tests of {@code dev.simmer.agent.runner}. */
@NullMarked
package dev.simmer.agent.runner;

import org.jspecify.annotations.NullMarked;
