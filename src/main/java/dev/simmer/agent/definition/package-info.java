/**
 * Agent definitions as people keep them, in one normal form. Files of half a dozen programs are
 * read, each as its own program means it; nothing is ever written.
 */
@NullMarked
package dev.simmer.agent.definition;

import org.jspecify.annotations.NullMarked;
