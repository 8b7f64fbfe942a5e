/**
 * What the engine needs from the outside world; implemented by {@code process} and {@code host}.
 */
@NullMarked
package dev.simmer.engine.ports;

import org.jspecify.annotations.NullMarked;
