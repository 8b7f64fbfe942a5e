/** Command-line entry points; the only place where the parts of Simmer are wired together. */
@NullMarked
package dev.simmer.cli;

import org.jspecify.annotations.NullMarked;
