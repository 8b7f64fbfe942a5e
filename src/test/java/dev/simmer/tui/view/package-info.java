/** Tests of the dashboard. */
@NullMarked
package dev.simmer.tui.view;

import org.jspecify.annotations.NullMarked;
