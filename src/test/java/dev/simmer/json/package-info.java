/** Tests of {@code dev.simmer.json}. */
@NullMarked
package dev.simmer.json;

import org.jspecify.annotations.NullMarked;
