/** Tests of {@code dev.simmer.agent.report}. */
@NullMarked
package dev.simmer.agent.report;

import org.jspecify.annotations.NullMarked;
