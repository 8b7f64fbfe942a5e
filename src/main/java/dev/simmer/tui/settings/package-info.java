/** What the dashboard reads from files and remembers in files. */
@NullMarked
package dev.simmer.tui.settings;

import org.jspecify.annotations.NullMarked;
