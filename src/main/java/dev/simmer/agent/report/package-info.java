/**
 * The contract of a background agent in files: the prompt it is given, the report it leaves, its
 * entry in the session file, and what it changed elsewhere. Knows no runner and no engine.
 */
@NullMarked
package dev.simmer.agent.report;

import org.jspecify.annotations.NullMarked;
