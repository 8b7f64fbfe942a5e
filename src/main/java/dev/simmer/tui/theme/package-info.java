/** Colour themes read from YAML files. */
@NullMarked
package dev.simmer.tui.theme;

import org.jspecify.annotations.NullMarked;
