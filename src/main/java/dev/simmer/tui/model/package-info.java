/** The dashboard's model, messages and pure update function. */
@NullMarked
package dev.simmer.tui.model;

import org.jspecify.annotations.NullMarked;
