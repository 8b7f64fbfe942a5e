/** Tests of the engine with hand-made ports. */
@NullMarked
package dev.simmer.engine;

import org.jspecify.annotations.NullMarked;
