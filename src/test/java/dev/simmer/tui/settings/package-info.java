/** Tests of the dashboard. */
@NullMarked
package dev.simmer.tui.settings;

import org.jspecify.annotations.NullMarked;
