/**
 * What coding-agent programs print while they work: each program's stream read into one model of
 * events, the events summed up, judged and made readable. Pure: knows no clock, thread or file.
 *
 * <p>All text in events is as the program gave it, control sequences included. Whoever prints it
 * passes it through {@code logs.TerminalText} first.
 */
@NullMarked
package dev.simmer.agent.stream;

import org.jspecify.annotations.NullMarked;
