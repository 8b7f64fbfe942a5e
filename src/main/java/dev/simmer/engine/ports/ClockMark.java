package dev.simmer.engine.ports;

/**
 * How an engine's time stands to the clocks of the machine. An engine's time is milliseconds that
 * never go back, not even when the machine is started anew.
 *
 * @param boot which start of the machine, see {@link Clock#boot}
 * @param engineMillis the engine's time at one moment
 * @param clockMillis {@link Clock#millis} at the same moment
 * @param wallMillis the time of day at the same moment, milliseconds since 1970-01-01T00:00Z
 */
public record ClockMark(String boot, long engineMillis, long clockMillis, long wallMillis) {}
