package dev.simmer.logs;

/**
 * A line of a log file.
 *
 * @param offset of its first byte in the file
 * @param end offset after its last byte, the line break included
 * @param line what it looks like; cut where the line is longer than {@code LogFile.MAX_LINE} bytes
 * @param complete whether its line break has been written
 */
public record LogLine(long offset, long end, StyledLine line, boolean complete) {}
