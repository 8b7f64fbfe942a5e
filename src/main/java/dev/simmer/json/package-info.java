/**
 * JSON: written and read with limits, and the model's records in it; hand-written, since commands
 * must start fast.
 */
@NullMarked
package dev.simmer.json;

import org.jspecify.annotations.NullMarked;
