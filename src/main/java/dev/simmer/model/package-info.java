/**
 * Records that every part shares: task specifications, task states, the snapshot and the {@code
 * Engine} interface. Imports nothing of Simmer.
 */
@NullMarked
package dev.simmer.model;

import org.jspecify.annotations.NullMarked;
