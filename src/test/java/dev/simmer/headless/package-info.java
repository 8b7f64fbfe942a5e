/** Tests of runs without a terminal. */
@NullMarked
package dev.simmer.headless;

import org.jspecify.annotations.NullMarked;
