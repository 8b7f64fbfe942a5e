/** A supervisor that is killed again and again, and tasks that must not notice. */
@NullMarked
package dev.simmer.chaos;

import org.jspecify.annotations.NullMarked;
