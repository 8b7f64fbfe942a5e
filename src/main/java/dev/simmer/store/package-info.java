/** What an engine knows, kept in SQLite; the only room that knows SQL. */
@NullMarked
package dev.simmer.store;

import org.jspecify.annotations.NullMarked;
