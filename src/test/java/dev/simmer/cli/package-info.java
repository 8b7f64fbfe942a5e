/** Tests of the command line. */
@NullMarked
package dev.simmer.cli;

import org.jspecify.annotations.NullMarked;
