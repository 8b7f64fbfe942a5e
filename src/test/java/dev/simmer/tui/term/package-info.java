/** Tests of the dashboard. */
@NullMarked
package dev.simmer.tui.term;

import org.jspecify.annotations.NullMarked;
