/** Tests of {@code dev.simmer.supervisor}. */
@NullMarked
package dev.simmer.supervisor;

import org.jspecify.annotations.NullMarked;
