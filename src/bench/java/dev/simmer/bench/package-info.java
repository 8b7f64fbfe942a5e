/** Benchmarks: each compares Simmer with another program, or with itself, in the same run. */
@NullMarked
package dev.simmer.bench;

import org.jspecify.annotations.NullMarked;
