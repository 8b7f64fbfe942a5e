package dev.simmer.cli;

import java.io.IOException;

/** Standard output cannot be written any more, mostly as whoever read it is gone. */
final class OutputClosed extends IOException {
    private static final long serialVersionUID = 1;

    OutputClosed(IOException cause) {
        super(cause);
    }
}
