/**
 * The one process per user that owns all tasks: its socket, the protocol, and the client's side of
 * both.
 */
@NullMarked
package dev.simmer.supervisor;

import org.jspecify.annotations.NullMarked;
