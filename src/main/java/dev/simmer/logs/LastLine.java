package dev.simmer.logs;

import java.io.IOException;
import java.nio.file.Path;

/** The last line of a log file that is not blank. For one thread. */
public final class LastLine {
    private final Path path;

    /**
     * @param path of the log file; it need not be there yet
     */
    public LastLine(Path path) {
        this.path = path;
    }

    /**
     * Reads the end of the file, or answers from memory when the file has not changed.
     *
     * @return the line, {@link StyledLine#EMPTY} where there is none
     * @throws IOException when the file is there and cannot be read
     */
    public StyledLine read() throws IOException {
        try (LogFile file = LogFile.open(path)) {
            for (LogLine line : file.tail(10).reversed()) {
                if (!line.line().text().isBlank()) {
                    return line.line();
                }
            }
        }
        return StyledLine.EMPTY;
    }
}
