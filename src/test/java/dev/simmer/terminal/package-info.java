/** The whole program in a real terminal. */
@NullMarked
package dev.simmer.terminal;

import org.jspecify.annotations.NullMarked;
