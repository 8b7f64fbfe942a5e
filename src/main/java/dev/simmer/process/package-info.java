/** Starting, signalling and watching the operating system's processes. */
@NullMarked
package dev.simmer.process;

import org.jspecify.annotations.NullMarked;
