/** Tests of where control groups lie. */
@NullMarked
package dev.simmer.cgroup;

import org.jspecify.annotations.NullMarked;
