/** A run with no terminal: printers, summary and exit code. */
@NullMarked
package dev.simmer.headless;

import org.jspecify.annotations.NullMarked;
