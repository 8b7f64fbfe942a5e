/** Tests of the dashboard. */
@NullMarked
package dev.simmer.tui.theme;

import org.jspecify.annotations.NullMarked;
