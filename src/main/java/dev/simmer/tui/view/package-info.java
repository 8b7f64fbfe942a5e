/** Pure drawing: model in, frame of cells out. */
@NullMarked
package dev.simmer.tui.view;

import org.jspecify.annotations.NullMarked;
