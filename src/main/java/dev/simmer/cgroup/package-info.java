/** Where control groups lie: what the kernel's files say of them, without reading any. */
@NullMarked
package dev.simmer.cgroup;

import org.jspecify.annotations.NullMarked;
