/** Tests of {@code dev.simmer.store}. */
@NullMarked
package dev.simmer.store;

import org.jspecify.annotations.NullMarked;
