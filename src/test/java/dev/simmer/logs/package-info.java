/** Tests of reading, searching and showing logs. */
@NullMarked
package dev.simmer.logs;

import org.jspecify.annotations.NullMarked;
