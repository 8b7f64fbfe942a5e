/** Tests of the dashboard. */
@NullMarked
package dev.simmer.tui.model;

import org.jspecify.annotations.NullMarked;
