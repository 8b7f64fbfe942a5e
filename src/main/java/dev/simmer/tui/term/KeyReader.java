package dev.simmer.tui.term;

import java.io.IOException;
import java.io.InputStream;

/** Reads what is typed and feeds the decoder; a thread of its own runs it. */
final class KeyReader implements Runnable {
    private static final int PATIENCE_STEP = 5;

    private final InputStream input;
    private final KeyDecoder decoder;
    private final Runnable ended;

    KeyReader(InputStream input, KeyDecoder decoder, Runnable ended) {
        this.input = input;
        this.decoder = decoder;
        this.ended = ended;
    }

    @Override
    public void run() {
        byte[] bytes = new byte[4_096];
        try {
            int count = input.read(bytes);
            while (count > 0) {
                decoder.feed(bytes, count);
                if (!more()) {
                    decoder.flush();
                }
                count = input.read(bytes);
            }
        } catch (IOException | InterruptedException e) {
            // The terminal is gone, which is what the end of input says too.
        }
        ended.run();
    }

    /** Waits for the rest of a sequence; false when it does not come. */
    private boolean more() throws IOException, InterruptedException {
        int patience = decoder.patienceMillis();
        while (patience > 0 && input.available() == 0) {
            Thread.sleep(PATIENCE_STEP);
            patience -= PATIENCE_STEP;
        }
        return decoder.patienceMillis() == 0 || input.available() > 0;
    }
}
