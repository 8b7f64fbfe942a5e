package dev.simmer.tui.term;

import java.io.IOException;

/** Reads what is typed and feeds the decoder; a thread of its own runs it. */
final class KeyReader implements Runnable {
    private static final int PATIENCE_STEP = 5;

    private final Source source;
    private final KeyDecoder decoder;
    private final Runnable ended;

    /** Where keys come from. */
    interface Source {
        /** Waits for bytes; how many came, none or fewer at the end. */
        int read(byte[] into) throws IOException;

        /** How many bytes can be read without waiting. */
        int available() throws IOException;
    }

    KeyReader(Source source, KeyDecoder decoder, Runnable ended) {
        this.source = source;
        this.decoder = decoder;
        this.ended = ended;
    }

    @Override
    public void run() {
        byte[] bytes = new byte[4_096];
        try {
            int count = source.read(bytes);
            while (count > 0) {
                decoder.feed(bytes, count);
                if (!more()) {
                    decoder.flush();
                }
                count = source.read(bytes);
            }
        } catch (IOException | InterruptedException e) {
            // The terminal is gone, which is what the end of input says too.
        }
        ended.run();
    }

    /** Waits for the rest of a sequence; false when it does not come. */
    private boolean more() throws IOException, InterruptedException {
        int patience = decoder.patienceMillis();
        while (patience > 0 && source.available() == 0) {
            Thread.sleep(PATIENCE_STEP);
            patience -= PATIENCE_STEP;
        }
        return decoder.patienceMillis() == 0 || source.available() > 0;
    }
}
