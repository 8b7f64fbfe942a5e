/**
 * Log files: following, line index, search, and terminal escapes turned into styled lines. Imports
 * nothing of Simmer.
 */
@NullMarked
package dev.simmer.logs;

import org.jspecify.annotations.NullMarked;
