package dev.simmer.headless;

import java.io.IOException;
import java.util.Locale;

/** Standard output takes no more: its reader went away, or its disk is full. */
final class OutputGone extends IOException {
    private static final long serialVersionUID = 1;

    OutputGone(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether standard output is a pipe without a reader, as after {@code | head}. */
    boolean brokenPipe() {
        return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
