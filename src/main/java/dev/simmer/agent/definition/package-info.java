/** Agent definitions in their normal form. */
@NullMarked
package dev.simmer.agent.definition;

import org.jspecify.annotations.NullMarked;
