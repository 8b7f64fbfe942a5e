/** Tests of reading agent definitions. */
@NullMarked
package dev.simmer.agent.definition;

import org.jspecify.annotations.NullMarked;
