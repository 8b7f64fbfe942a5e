/** Rules that hold the house together. */
@NullMarked
package dev.simmer.architecture;

import org.jspecify.annotations.NullMarked;
