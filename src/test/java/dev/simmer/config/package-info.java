/** Tests of reading task files. */
@NullMarked
package dev.simmer.config;

import org.jspecify.annotations.NullMarked;
