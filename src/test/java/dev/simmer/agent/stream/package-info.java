/** Tests of {@code dev.simmer.agent.stream}. */
@NullMarked
package dev.simmer.agent.stream;

import org.jspecify.annotations.NullMarked;
