package dev.simmer.logs;

/**
 * A line of a log file.
 *
 * @param offset of its first byte in the file
 * @param end offset after its last byte, the line break included
 * @param line what it looks like; cut where the line is longer than {@code LogFile.MAX_LINE} bytes
 * @param complete whether its line break has been written
 * @param error whether it tells of an error, see {@link ErrorLines}
 */
public record LogLine(long offset, long end, StyledLine line, boolean complete, boolean error) {
    /** A line that is looked at for whether it tells of an error. */
    public LogLine(long offset, long end, StyledLine line, boolean complete) {
        this(offset, end, line, complete, ErrorLines.is(line));
    }
}
