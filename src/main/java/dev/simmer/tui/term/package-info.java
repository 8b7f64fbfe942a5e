/** The only place that knows Lanterna: reads keys, writes frames, restores the terminal. */
@NullMarked
package dev.simmer.tui.term;

import org.jspecify.annotations.NullMarked;
