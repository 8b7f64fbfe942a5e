/** The task file {@code simmer.yaml}, read into the model with every mistake located. */
@NullMarked
package dev.simmer.config;

import org.jspecify.annotations.NullMarked;
