@NullMarked
package dev.simmer.process;

import org.jspecify.annotations.NullMarked;
