@NullMarked
package dev.simmer.host;

import org.jspecify.annotations.NullMarked;
